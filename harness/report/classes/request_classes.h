/* request_classes: a table a service of what became of each request class. */
#ifndef TWOFOLD_REPORT_CLASSES_REQUEST_CLASSES_H
#define TWOFOLD_REPORT_CLASSES_REQUEST_CLASSES_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* One table a service whose classes differ, at the highest step that held and at its first break. Writes nothing
 * when there is no such service. */
void request_classes_write(struct page *page, const struct findings *findings);

#endif
