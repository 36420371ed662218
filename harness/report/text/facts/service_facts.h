/* service_facts: rows of the heading about what the services are made of: the versions of their toolchains and
 * runtimes, the memory that they were told they may use, and how a service of several processes shared its connections.
 */
#ifndef TWOFOLD_REPORT_TEXT_FACTS_SERVICE_FACTS_H
#define TWOFOLD_REPORT_TEXT_FACTS_SERVICE_FACTS_H

#include "analysis/finding.h"
#include "report/text/table.h"

/* Adds those that there is something to say in. */
void service_facts_add(struct table *facts, const struct findings *findings);

#endif
