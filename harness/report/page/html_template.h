/* html_template: the page as harness/web/build.sh left it, byte for byte; empty where it could not be built. Its
 * definition is written at build time (harness/web/CMakeLists.txt). */
#ifndef TWOFOLD_REPORT_PAGE_HTML_TEMPLATE_H
#define TWOFOLD_REPORT_PAGE_HTML_TEMPLATE_H

extern const unsigned char html_template[]; /* NUL-terminated */

#endif
