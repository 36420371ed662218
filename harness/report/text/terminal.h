/* terminal: pages as plain text in lines of a width. */
#ifndef TWOFOLD_REPORT_TEXT_TERMINAL_H
#define TWOFOLD_REPORT_TEXT_TERMINAL_H

#include "report/text/page.h"

extern const struct page_style terminal_style;

#endif
