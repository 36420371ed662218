#include "import/openapi/operation.h"

#include "base/mem.h"
#include "base/text.h"
#include "import/openapi/body.h"
#include "import/openapi/example.h"
#include "import/openapi/parameter.h"
#include "import/openapi/reference.h"
#include "import/openapi/security.h"
#include "import/parts/parts.h"
#include "import/value_name.h"
#include "plan/traffic/url_path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A request being put together. */
struct operation_making {
    const struct operation_place *place;
    struct parts parts;
    json_t *parameters;      /* those of the path item and, in place of them, those of the operation */
    json_t *defined;         /* as in struct sighting */
    struct text path, query; /* the query with its "?" */
    bool made_up;
};

static void leave_out(const struct operation_place *place, const char *lacking)
{
    char *words = mem_format("%s %s (%s)", place->method, place->path, lacking);

    remarks_leave_out(place->source->remarks, "operations that need something without an example", 1, 0, words);
    free(words);
}

/* ---- the path ---- */

/* An integer becomes a value, so that other ids can be given in one place. */
static void add_integer(struct operation_making *making, const char *name, const struct example *example)
{
    char *value = value_name_of(name, strlen(name));
    json_int_t number = json_integer_value(example->value);

    json_array_append_new(making->defined, json_pack("[s, {s:[I, I]}]", value, "uniform", number, number));
    text_append(&making->path, (const char[]){MIX_DEFINED}, 1);
    if (example->made_up) {
        remarks_note(making->place->source->remarks,
                     "{%s} has no example: it is always %" JSON_INTEGER_FORMAT "; write into \"values\" which ids the "
                     "service knows",
                     value, number);
    }
    free(value);
}

/* Returns whether the place could be filled. */
static bool fill_place(struct operation_making *making, const char *name)
{
    const json_t *parameter = parameter_find(making->parameters, "path", name);
    struct example example = example_of(making->place->document, parameter);
    bool filled = true;

    if (json_is_integer(example.value) && llabs(json_integer_value(example.value)) < (1LL << 53)) {
        add_integer(making, name, &example);
    } else {
        filled = !example.made_up && parameter_write(example.value, &making->path);
    }
    json_decref(example.value);
    return filled;
}

static bool fill_path(struct operation_making *making)
{
    const char *at = making->place->path;

    text_add(&making->path, making->place->base);
    while (*at != '\0') {
        size_t plain = strcspn(at, "{"), name_length;
        url_path_encode(&making->path, at, plain);
        at += plain;
        const char *close = strchr(at, '}');
        if (*at != '\0' && close == NULL) {
            leave_out(making->place, "its path");
            return false;
        }
        if (*at != '\0') {
            name_length = (size_t)(close - at - 1);
            char *name = mem_copy(at + 1, name_length);
            bool filled = fill_place(making, name);
            if (!filled) {
                leave_out(making->place, name);
            }
            free(name);
            if (!filled) {
                return false;
            }
            at = close + 1;
        }
    }
    return true;
}

/* ---- the other parameters ---- */

static bool add_query(struct operation_making *making, const char *name, const json_t *value)
{
    struct text pair = {0};
    bool written = parameter_write_query(name, value, &pair);

    if (written && pair.length > 0) {
        text_add(&making->query, making->query.length > 0 ? "&" : "?");
        text_add(&making->query, pair.data);
    }
    text_release(&pair);
    return written;
}

static bool add_header(struct operation_making *making, const char *name, const json_t *value)
{
    struct text line = {0};
    bool written = parameter_write_plain(value, &line) && line.length > 0;

    written = written && parts_add_header(&making->parts, name, line.data);
    text_release(&line);
    return written;
}

/* Those are described elsewhere in the document, and parameters of these names are to be passed over. */
static bool is_described_elsewhere(const char *name)
{
    return strcasecmp(name, "Accept") == 0 || strcasecmp(name, "Content-Type") == 0 ||
           strcasecmp(name, "Authorization") == 0;
}

static bool add_parameter(struct operation_making *making, const json_t *parameter)
{
    const char *in = parameter_text(parameter, "in"), *name = parameter_text(parameter, "name");
    bool is_query = in != NULL && strcmp(in, "query") == 0;

    if (in == NULL || name == NULL || !parameter_is_sent(parameter)) {
        return true;
    }
    if (strcmp(in, "cookie") == 0) {
        parts_add_secret_header(&making->parts, "Cookie");
        return true;
    }
    if (!is_query && (strcmp(in, "header") != 0 || is_described_elsewhere(name))) {
        return true;
    }
    struct example example = example_of(making->place->document, parameter);
    bool added = is_query ? add_query(making, name, example.value) : add_header(making, name, example.value);
    making->made_up = making->made_up || example.made_up;
    json_decref(example.value);
    if (!added) {
        leave_out(making->place, name);
    }
    return added;
}

static bool add_parameters(struct operation_making *making)
{
    for (size_t i = 0; i < json_array_size(making->parameters); i++) {
        if (!add_parameter(making, json_array_get(making->parameters, i))) {
            return false;
        }
    }
    return true;
}

/* ---- the body ---- */

static bool add_body(struct operation_making *making)
{
    const struct operation_place *place = making->place;
    const json_t *body = reference_follow(place->document, json_object_get(place->operation, "requestBody"));
    bool sends_none = strcmp(place->method, "GET") == 0 || strcmp(place->method, "HEAD") == 0;

    if (body == NULL || sends_none || body_add(&making->parts, place->document, body, &making->made_up)) {
        return true;
    }
    leave_out(place, "its body");
    return false;
}

/* ---- the request ---- */

/* 0 where a 2xx is described, or nothing; else the first that is neither an error nor everything else. */
static int status_of(const json_t *operation)
{
    const char *status;
    json_t *response;
    int redirect = 0;

    json_object_foreach((json_t *)json_object_get(operation, "responses"), status, response)
    {
        if (status[0] == '2' || strcmp(status, "default") == 0) {
            return 0;
        }
        if (status[0] == '3' && redirect == 0 && strlen(status) == 3) {
            redirect = (int)strtol(status, NULL, 10);
        }
    }
    return redirect >= 300 && redirect < 400 ? redirect : 0;
}

static void finish(struct operation_making *making)
{
    const struct operation_place *place = making->place;

    text_add(&making->path, making->query.length > 0 ? making->query.data : "");
    if (making->made_up) {
        remarks_note(place->source->remarks,
                     "%s %s: some of what it sends is made up from its schema, for want of an example", place->method,
                     place->path);
    }
    mix_add(place->source->mix, &(struct sighting){.origin = place->origin,
                                                   .method = place->method,
                                                   .target = making->path.data,
                                                   .status = status_of(place->operation),
                                                   .members = making->parts.members,
                                                   .secrets = making->parts.secrets,
                                                   .defined = making->defined});
}

void operation_add(const struct operation_place *place)
{
    struct operation_making making = {.place = place,
                                      .parameters = parameter_list(place->document, place->item, place->operation),
                                      .defined = json_array()};

    parts_init(&making.parts);
    if (fill_path(&making) && add_parameters(&making) && add_body(&making)) {
        struct text secret_query = {0};
        security_add(place, &making.parts, making.defined, &secret_query);
        if (secret_query.length > 0) {
            text_format(&making.query, "%s%s", making.query.length > 0 ? "&" : "?", secret_query.data);
        }
        text_release(&secret_query);
        finish(&making);
    }
    parts_release(&making.parts);
    json_decref(making.parameters);
    json_decref(making.defined);
    text_release(&making.path);
    text_release(&making.query);
}
