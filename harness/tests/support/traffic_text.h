/* traffic_text: traffic for a test, read from the members "requests" and "values" of a scenario as text. */
#ifndef TWOFOLD_TESTS_SUPPORT_TRAFFIC_TEXT_H
#define TWOFOLD_TESTS_SUPPORT_TRAFFIC_TEXT_H

#include "base/json.h"
#include "plan/traffic/traffic.h"
#include "test.h"

/* Read `text` into `traffic`; value files are not read. Fails the test when `text` is invalid. */
static inline void traffic_from_text(struct traffic *traffic, const char *text)
{
    struct json_source source;
    struct error err = {0};

    if (json_source_parse(&source, "the test", text, &err) != 0) {
        fail_msg("%s", err.message);
    }
    struct json_at top = json_top(&source);
    if (traffic_read(traffic, &top, NULL, &err) != 0) {
        fail_msg("%s", err.message);
    }
    json_source_release(&source);
}

#endif
