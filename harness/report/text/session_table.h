/* session_table: what the text report says of the sessions of users, where there are any: what users do, and what
 * became of them at the highest load that held and where it broke first. */
#ifndef TWOFOLD_REPORT_TEXT_SESSION_TABLE_H
#define TWOFOLD_REPORT_TEXT_SESSION_TABLE_H

#include "analysis/finding.h"
#include "plan/traffic/traffic.h"
#include "report/text/page.h"
#include "report/text/table.h"

/* Add the row of facts that says what users do. */
void session_table_add_fact(struct table *facts, const struct traffic *traffic);

void session_table_write(struct page *page, const struct findings *findings);

#endif
