#include "plan/scenario/warmup.h"

#include "plan/scenario/time_range.h"

static const char name[] = "warmup";
static const char old_name[] = "settle";

int warmup_check_keys(const struct json_at *at, const char *const *keys, bool recorded, struct error *err)
{
    struct json_at old;

    json_find(at, old_name, &old);
    if (old.value == NULL) {
        return json_check_object(at, keys, err);
    }
    if (recorded) {
        return 0;
    }
    return json_reject(&old, err, "this key is called \"%s\" now", name);
}

int warmup_read(const struct json_at *at, uint64_t *ns, struct error *err)
{
    if (time_range_read(&time_range_any, at, old_name, ns, err) != 0) {
        return -1;
    }
    return time_range_read(&time_range_any, at, name, ns, err);
}
