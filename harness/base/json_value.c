#include "base/json.h"

#include "base/text.h"
#include "base/units.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

int json_read_text(const struct json_at *at, const char **ret_text, struct error *err)
{
    if (json_string_length(at->value) == 0) {
        return json_expected(at, err, "a string that is not empty");
    }
    *ret_text = json_string_value(at->value);
    return 0;
}

int json_read_line(const struct json_at *at, const char **ret_text, struct error *err)
{
    const char *text = json_string_value(at->value);

    if (text == NULL || text[0] == '\0') {
        return json_expected(at, err, "a string that is not empty");
    }
    for (const char *c = text; *c != '\0';) {
        uint32_t point;
        c = utf8_next(c, &point);
        if (utf8_is_control(point)) {
            return json_expected(at, err, "a string on one line, without control characters");
        }
    }
    *ret_text = text;
    return 0;
}

int json_read_integer(const struct json_at *at, int64_t least, int64_t most, int64_t *ret_value, struct error *err)
{
    int64_t value = json_integer_value(at->value);

    if (!json_is_integer(at->value) || value < least || value > most) {
        if (least == most) {
            return json_expected(at, err, "%" PRId64, least);
        }
        return json_expected(at, err, "an integer from %" PRId64 " to %" PRId64, least, most);
    }
    *ret_value = value;
    return 0;
}

int json_read_choice(const struct json_at *at, const char *const *choices, int *ret_index, struct error *err)
{
    const char *text = json_string_value(at->value);
    struct text list = {0};

    for (int i = 0; choices[i] != NULL; i++) {
        if (text != NULL && strcmp(text, choices[i]) == 0) {
            text_release(&list);
            *ret_index = i;
            return 0;
        }
        if (i > 0) {
            text_add(&list, choices[i + 1] == NULL ? " or " : ", ");
        }
        text_format(&list, "\"%s\"", choices[i]);
    }
    json_expected(at, err, "%s", list.data);
    text_release(&list);
    return -1;
}

int json_read_duration(const struct json_at *at, uint64_t *ret_ns, struct error *err)
{
    uint64_t ns = 0;

    if (!json_is_string(at->value) || units_read_duration(json_string_value(at->value), &ns) != 0 || ns == 0) {
        return json_expected(at, err, "a time above 0 with its unit (ns, us, ms, s, m, h), such as \"50ms\"");
    }
    *ret_ns = ns;
    return 0;
}

int json_read_share(const struct json_at *at, double *ret_share, struct error *err)
{
    double share = 0;

    if (!json_is_string(at->value) || units_read_share(json_string_value(at->value), &share) != 0 || share <= 0 ||
        share > 1) {
        return json_expected(at, err, "a share above 0%% and up to 100%%, such as \"0.1%%\"");
    }
    *ret_share = share;
    return 0;
}

int json_read_size(const struct json_at *at, uint64_t *ret_bytes, struct error *err)
{
    uint64_t bytes = 0;

    if (!json_is_string(at->value) || units_read_size(json_string_value(at->value), &bytes) != 0 || bytes == 0) {
        return json_expected(at, err,
                             "a size above 0 with its unit (B, KiB, MiB, GiB, kB, MB, GB), such as \"512MiB\"");
    }
    *ret_bytes = bytes;
    return 0;
}

bool json_can_hold(const char *bytes, size_t length)
{
    if (memchr(bytes, '\0', length) != NULL) {
        return false;
    }
    json_t *string = json_stringn(bytes, length);
    bool fits = string != NULL;

    json_decref(string);
    return fits;
}

bool json_is_whole(const char *text, size_t length)
{
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    bool is = json != NULL;

    json_decref(json);
    return is;
}
