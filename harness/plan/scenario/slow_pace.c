#include "plan/scenario/slow_pace.h"

#include <inttypes.h>

static const char *const slow_keys[] = {"part", "bytes_per_s", NULL};
static const char *const parts[] = {[SLOW_HEAD] = "head", [SLOW_BODY] = "body", NULL};

const char *slow_part_name(enum slow_part part)
{
    return parts[part];
}

void slow_pace_describe(const struct slow_pace *slow, const struct traffic *traffic, struct text *out)
{
    text_format(out, "sends %s\"%s\" at %" PRIu64 " byte%s a second", slow->part == SLOW_BODY ? "the body of " : "",
                traffic->requests[slow->request].name, slow->bytes_per_s, slow->bytes_per_s == 1 ? "" : "s");
}

static int read_pace(struct slow_pace *slow, const struct json_at *at, struct error *err)
{
    struct json_at member;
    int choice = SLOW_HEAD;
    int64_t bytes = 1;

    if (json_check_object(at, slow_keys, err) != 0) {
        return -1;
    }
    json_find(at, "part", &member);
    if (member.value != NULL && json_read_choice(&member, parts, &choice, err) != 0) {
        return -1;
    }
    json_find(at, "bytes_per_s", &member);
    if (member.value != NULL && json_read_integer(&member, 1, SLOW_BYTES_MOST, &bytes, err) != 0) {
        return -1;
    }
    slow->part = (enum slow_part)choice;
    slow->bytes_per_s = (uint64_t)bytes;
    return 0;
}

/* The first request; of those whose body is slow the first that has one. */
static int choose_request(struct scenario *scenario, const struct json_at *at, struct error *err)
{
    const struct traffic *traffic = &scenario->traffic;
    struct json_at part;

    if (scenario->slow.part == SLOW_HEAD) {
        return 0;
    }
    for (size_t i = 0; i < traffic->request_count; i++) {
        if (traffic->requests[i].body.count > 0) {
            scenario->slow.request = i;
            return 0;
        }
    }
    json_find(at, "part", &part);
    return json_reject(&part, err, "none of the requests has a body that could be sent slowly");
}

int slow_pace_read(struct scenario *scenario, const struct json_at *at, struct error *err)
{
    struct json_at slow;

    json_find(at, "slow", &slow);
    if (scenario->doubling != DOUBLING_SLOW) {
        if (slow.value != NULL) {
            return json_reject(&slow, err, "remove this key: it goes with \"slow_connections\" in double.what only");
        }
        return 0;
    }
    scenario->slow = (struct slow_pace){.part = SLOW_HEAD, .bytes_per_s = 1};
    if (slow.value == NULL) {
        return 0;
    }
    if (read_pace(&scenario->slow, &slow, err) != 0) {
        return -1;
    }
    return choose_request(scenario, &slow, err);
}
