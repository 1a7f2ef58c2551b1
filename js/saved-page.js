// The entry of a page that is saved, or kept in a cell: no host calls it, and no kernel is there.

import { defineElement } from "./page/element.js";

defineElement();
