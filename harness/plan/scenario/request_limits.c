#include "plan/scenario/request_limits.h"

#include "base/list.h"

#include <stdlib.h>

static const char *const keys[] = {"p50", "p90", "p95", "p99", "p999", "errors", NULL};

static int read_one(struct request_limits *limits, const struct json_at *at, struct error *err)
{
    struct json_at member;
    const char *const not_here[] = {"throughput", "memory"};

    for (size_t i = 0; i < sizeof not_here / sizeof not_here[0] && json_is_object(at->value); i++) {
        json_find(at, not_here[i], &member);
        if (member.value != NULL) {
            return json_reject(&member, err,
                               "a request has limits on a percentile and on errors only; this one is the "
                               "scenario's");
        }
    }
    if (json_check_object(at, keys, err) != 0 || limits_read(&limits->limits, at, err) != 0) {
        return -1;
    }
    if (limits->limits.errors_by_default) {
        limits->limits.error_share = 0;
        limits->limits.errors_by_default = false;
    }
    if (limits->limits.latency_ns == 0 && limits->limits.error_share <= 0) {
        return json_reject(at, err, "expected a percentile, such as {\"p99\": \"20ms\"}, or errors, or both");
    }
    return 0;
}

static int read_all(struct request_limits_list *list, const struct json_at *requests, const struct traffic *traffic,
                    struct error *err)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        struct json_at request = json_element(requests, i), at;
        struct request_limits limits = {.request = i};
        json_find(&request, "limits", &at);
        if (at.value == NULL) {
            continue;
        }
        if (list->count == REQUEST_LIMITS_MOST) {
            return json_reject(&at, err, "at most %d requests have limits of their own", REQUEST_LIMITS_MOST);
        }
        if (read_one(&limits, &at, err) != 0) {
            return -1;
        }
        *list_add(list->items, list->count) = limits;
    }
    return 0;
}

int request_limits_read(struct request_limits_list *list, const struct json_at *scenario, const struct traffic *traffic,
                        struct error *err)
{
    struct request_limits_list read = {0};
    struct json_at requests;

    json_find(scenario, "requests", &requests);
    if (read_all(&read, &requests, traffic, err) != 0) {
        request_limits_release(&read);
        return -1;
    }
    *list = read;
    return 0;
}

void request_limits_release(struct request_limits_list *list)
{
    free(list->items);
    *list = (struct request_limits_list){0};
}
