#include "plan/traffic/think.h"

#include "base/clock.h"

static const char *const think_keys[] = {"uniform", "exponential", NULL};

static const uint64_t time_most_ns = 3600 * CLOCK_SECOND_NS;

static int read_time(uint64_t *ns, const struct json_at *at, struct error *err)
{
    uint64_t read;

    if (json_read_duration(at, &read, err) != 0) {
        return -1;
    }
    if (read > time_most_ns) {
        return json_expected(at, err, "a time above 0 and up to 1h");
    }
    *ns = read;
    return 0;
}

static int read_uniform(struct think *think, const struct json_at *at, struct error *err)
{
    think->kind = THINK_UNIFORM;
    if (json_check_array(at, 2, 2, err) != 0) {
        return -1;
    }
    struct json_at low = json_element(at, 0), high = json_element(at, 1);
    if (read_time(&think->low_ns, &low, err) != 0 || read_time(&think->high_ns, &high, err) != 0) {
        return -1;
    }
    if (think->low_ns > think->high_ns) {
        return json_reject(at, err, "expected the shorter time first, found [\"%s\", \"%s\"]",
                           json_string_value(low.value), json_string_value(high.value));
    }
    return 0;
}

static int read_spread(struct think *think, const struct json_at *at, struct error *err)
{
    struct json_at uniform, exponential;

    if (!json_is_object(at->value)) {
        return json_expected(at, err, "\"2s\", {\"exponential\": \"2s\"} or {\"uniform\": [\"1s\", \"3s\"]}");
    }
    if (json_check_object(at, think_keys, err) != 0) {
        return -1;
    }
    json_find(at, "uniform", &uniform);
    json_find(at, "exponential", &exponential);
    if (json_object_size(at->value) != 1) {
        return json_reject(at, err, "expected exactly one of uniform, exponential, found %zu",
                           json_object_size(at->value));
    }
    if (uniform.value != NULL) {
        return read_uniform(think, &uniform, err);
    }
    think->kind = THINK_EXPONENTIAL;
    return read_time(&think->low_ns, &exponential, err);
}

int think_read(struct think *think, const struct json_at *at, struct error *err)
{
    struct think read = {0};
    int result = json_is_string(at->value) ? read_time(&read.low_ns, at, err) : read_spread(&read, at, err);

    if (result == 0) {
        *think = read;
    }
    return result;
}

double think_mean_ns(const struct think *think)
{
    double low = (double)think->low_ns;

    return think->kind == THINK_UNIFORM ? (low + (double)think->high_ns) / 2 : low;
}

double think_variance_ns2(const struct think *think)
{
    double low = (double)think->low_ns, width = (double)think->high_ns - low;

    switch (think->kind) {
    case THINK_UNIFORM:
        return width * width / 12;
    case THINK_EXPONENTIAL:
        return low * low;
    default:
        return 0;
    }
}
