// The style sheet: the theme's, and one for each folder of views, or for each control. Of rules that
// weigh the same the later one holds: what is more particular stands further down.

import beside from "../views/beside.css";
import bets from "../views/bets/bets.css";
import code from "../views/code/code.css";
import controls from "../views/controls/controls.css";
import kernelWords from "../views/controls/kernel-words.css";
import menu from "../views/controls/menu.css";
import optimizer from "../views/controls/optimizer.css";
import rate from "../views/controls/rate.css";
import readout from "../views/controls/readout.css";
import runsTable from "../views/controls/runs-table.css";
import status from "../views/controls/status.css";
import charts from "../views/charts/charts.css";
import runs from "../views/charts/runs.css";
import directions from "../views/directions/directions.css";
import density from "../views/fit/density.css";
import fit from "../views/fit/fit.css";
import fitted from "../views/fit/fitted.css";
import heldPoints from "../views/fit/held-points.css";
import yesOrNo from "../views/fit/yes-or-no.css";
import heldCurve from "../views/loss/held-curve.css";
import loss from "../views/loss/loss.css";
import otherGrounds from "../views/surface/other-grounds.css";
import surface from "../views/surface/surface.css";
import print from "./print.css";
import theme from "./theme.css";

export const css =
  theme +
  charts +
  runs +
  fit +
  fitted +
  density +
  yesOrNo +
  heldPoints +
  surface +
  otherGrounds +
  loss +
  directions +
  code +
  readout +
  heldCurve +
  status +
  kernelWords +
  controls +
  optimizer +
  menu +
  runsTable +
  rate +
  bets +
  beside +
  print;
