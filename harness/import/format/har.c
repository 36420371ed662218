/* HAR (HTTP Archive 1.2), as browsers and proxies save what they saw. */
#include "import/format/format.h"

#include "base/mem.h"
#include "base/text.h"
#include "import/parts/parts.h"
#include "import/url.h"
#include "plan/traffic/url_path.h"

#include <stdlib.h>
#include <string.h>

/* As many different requests as a scenario may have are kept as they are; of more the ids become places. */
#define PLAIN_MOST 64

/* NULL where there is no such string, or one with a NUL in it. */
static const char *string_in(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    const char *text = json_string_value(value);

    return text != NULL && strlen(text) == json_string_length(value) ? text : NULL;
}

/* ---- one request ---- */

static void add_headers(const struct format_source *source, const json_t *request, struct parts *parts)
{
    const json_t *headers = json_object_get(request, "headers");

    for (size_t i = 0; i < json_array_size(headers); i++) {
        const json_t *header = json_array_get(headers, i);
        const char *name = string_in(header, "name"), *value = string_in(header, "value");
        if (name == NULL || value == NULL || !parts_add_header(parts, name, value)) {
            remarks_leave_out(source->remarks, "headers that cannot be sent", 1, 0, name != NULL ? name : "(no name)");
        }
    }
}

static bool is_multipart(const char *type)
{
    return type != NULL && strncmp(type, "multipart/", 10) == 0;
}

static void encode_field(struct text *form, const char *field)
{
    for (; *field != '\0'; field++) {
        unsigned char c = (unsigned char)*field;
        if (strchr("&=+%", c) != NULL) {
            text_format(form, "%%%02X", c);
        } else {
            url_path_encode(form, field, 1);
        }
    }
}

/* Some save the fields of a form alone. */
static char *form_of(const json_t *fields)
{
    struct text form = {0};

    for (size_t i = 0; i < json_array_size(fields); i++) {
        const char *name = string_in(json_array_get(fields, i), "name");
        const char *value = string_in(json_array_get(fields, i), "value");
        text_add(&form, form.length > 0 ? "&" : "");
        encode_field(&form, name != NULL ? name : "");
        text_add(&form, "=");
        encode_field(&form, value != NULL ? value : "");
    }
    return text_take(&form);
}

/* Returns whether there is none, or one that can be sent. */
static bool set_body(const json_t *request, struct parts *parts)
{
    const json_t *data = json_object_get(request, "postData"), *text = json_object_get(data, "text");
    const char *type = string_in(data, "mimeType");

    if (data == NULL || !json_is_object(data)) {
        return true;
    }
    if (string_in(data, "encoding") != NULL) {
        return false; /* base64, of bytes that are no text */
    }
    if (type != NULL && parts_header(parts, "Content-Type") == NULL) {
        parts_add_header(parts, "Content-Type", type);
    }
    if (json_string_length(text) > 0) {
        return parts_set_body(parts, json_string_value(text), json_string_length(text));
    }
    if (json_array_size(json_object_get(data, "params")) == 0) {
        return true;
    }
    if (is_multipart(type)) {
        return false;
    }
    char *form = form_of(json_object_get(data, "params"));
    bool set = parts_set_body(parts, form, strlen(form));
    free(form);
    return set;
}

static bool was_sent(const json_t *entry)
{
    return json_object_get(entry, "_fromCache") == NULL &&
           json_integer_value(json_object_get(json_object_get(entry, "response"), "status")) > 0;
}

/* Whether it is a request over HTTP at all. */
static bool read_request(const json_t *request, const char **ret_method, struct url *ret_url)
{
    const char *method = string_in(request, "method"), *text = string_in(request, "url");

    if (method == NULL || text == NULL || text[0] == '/' || url_read(ret_url, text) != 0) {
        return false;
    }
    *ret_method = method;
    return true;
}

/* ---- all of them ---- */

struct archive {
    const struct format_source *source;
    const json_t *entries;
    bool fold;
};

static void add_request(const struct archive *archive, const json_t *entry, const char *method, const struct url *url)
{
    const json_t *request = json_object_get(entry, "request");
    json_int_t status = json_integer_value(json_object_get(json_object_get(entry, "response"), "status"));
    struct parts parts;

    parts_init(&parts);
    add_headers(archive->source, request, &parts);
    parts_add_user(&parts, url->user);
    if (set_body(request, &parts)) {
        mix_add(archive->source->mix, &(struct sighting){.origin = url->origin,
                                                         .method = method,
                                                         .target = url->target,
                                                         .status = status < 600 ? (int)status : 599,
                                                         .members = parts.members,
                                                         .secrets = parts.secrets,
                                                         .fold = archive->fold});
    } else {
        remarks_leave_out(archive->source->remarks, "requests with bodies that are no text", 1, 0, url->target);
    }
    parts_release(&parts);
}

static void add_entry(const struct archive *archive, const json_t *entry)
{
    const json_t *request = json_object_get(entry, "request");
    const char *method, *text = string_in(request, "url");
    struct url url;

    if (!read_request(request, &method, &url)) {
        remarks_leave_out(archive->source->remarks, "entries that are no requests over HTTP", 1, 0,
                          text != NULL ? text : "(no URL)");
        return;
    }
    if (was_sent(entry)) {
        add_request(archive, entry, method, &url);
    } else {
        remarks_leave_out(archive->source->remarks, "entries that were not sent, or had no response", 1, 0, text);
    }
    url_release(&url);
}

/* How many different requests there are, at least of those over HTTP. */
static size_t count_different(const json_t *entries)
{
    json_t *seen = json_object();

    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *request = json_object_get(json_array_get(entries, i), "request");
        const char *method = string_in(request, "method"), *url = string_in(request, "url");
        char *key = mem_format("%s %s", method != NULL ? method : "", url != NULL ? url : "");
        json_object_set_new(seen, key, json_true());
        free(key);
    }
    size_t count = json_object_size(seen);
    json_decref(seen);
    return count;
}

int har_read(const struct format_source *source, const json_t *document, struct error *err)
{
    const json_t *entries = json_object_get(json_object_get(document, "log"), "entries");

    if (!json_is_array(entries)) {
        return error_input(err, "%s: is no HAR: expected an array log.entries", source->file);
    }
    const struct archive archive = {source, entries, count_different(entries) > PLAIN_MOST};
    for (size_t i = 0; i < json_array_size(entries); i++) {
        add_entry(&archive, json_array_get(entries, i));
    }
    return 0;
}
