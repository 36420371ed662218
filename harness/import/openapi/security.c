#include "import/openapi/security.h"

#include "import/openapi/parameter.h"
#include "import/openapi/reference.h"
#include "import/value_name.h"
#include "plan/traffic/url_path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const json_t *scheme_named(const json_t *document, const char *name)
{
    const json_t *schemes = json_object_get(json_object_get(document, "components"), "securitySchemes");

    return reference_follow(document, json_object_get(schemes, name));
}

static void add_query_key(const struct operation_place *place, const char *name, json_t *defined, struct text *query)
{
    char *value = value_name_of(name, strlen(name)), *variable = value_name_in_environment(value);

    text_add(query, query->length > 0 ? "&" : "");
    url_path_encode(query, name, strlen(name));
    text_append(query, (const char[]){'=', MIX_DEFINED}, 2);
    json_array_append_new(defined, json_pack("[s, {s:s}]", value, "env", variable));
    remarks_note_secret(place->source->remarks, value, variable);
    free(variable);
    free(value);
}

static void add_http(struct parts *parts, const char *scheme)
{
    if (scheme != NULL && strcasecmp(scheme, "basic") == 0) {
        parts_add_user(parts, "user:password");
    } else {
        parts_add_header(parts, "Authorization", "Bearer token");
    }
}

static void add_scheme(const struct operation_place *place, const json_t *scheme, struct parts *parts, json_t *defined,
                       struct text *query)
{
    const char *type = parameter_text(scheme, "type"), *in = parameter_text(scheme, "in");
    const char *name = parameter_text(scheme, "name");

    if (type == NULL) {
        return;
    }
    if (strcmp(type, "http") == 0) {
        add_http(parts, parameter_text(scheme, "scheme"));
    } else if (strcmp(type, "oauth2") == 0 || strcmp(type, "openIdConnect") == 0) {
        add_http(parts, "bearer");
    } else if (strcmp(type, "apiKey") == 0 && in != NULL && name != NULL && name[0] != '\0') {
        if (strcmp(in, "header") == 0) {
            parts_add_secret_header(parts, name);
        } else if (strcmp(in, "cookie") == 0) {
            parts_add_secret_header(parts, "Cookie");
        } else if (strcmp(in, "query") == 0) {
            add_query_key(place, name, defined, query);
        }
    }
}

void security_add(const struct operation_place *place, struct parts *parts, json_t *defined, struct text *query)
{
    const json_t *requirements = json_object_get(place->operation, "security");
    const char *name;
    json_t *scopes;

    if (requirements == NULL) {
        requirements = json_object_get(place->document, "security");
    }
    json_object_foreach((json_t *)json_array_get(requirements, 0), name, scopes)
    {
        add_scheme(place, scheme_named(place->document, name), parts, defined, query);
    }
}
