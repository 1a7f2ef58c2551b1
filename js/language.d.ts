// Of gd-widget/es and the others: to import it is all there is to do; elements in that language speak it.

export {};
