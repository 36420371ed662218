/* terminal: draws a page as plain text in lines of the page's width. Only a command may be longer: cut in two it
 * would do harm when pasted. */
#ifndef TWOFOLD_REPORT_TEXT_TERMINAL_H
#define TWOFOLD_REPORT_TEXT_TERMINAL_H

#include "report/text/page.h"

extern const struct page_style terminal_style;

#endif
