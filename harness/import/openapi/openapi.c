/* OpenAPI 3 documents: each operation is a request, and all are as frequent. */
#include "import/format/format.h"

#include "base/mem.h"
#include "import/openapi/operation.h"
#include "import/openapi/parameter.h"
#include "import/openapi/reference.h"
#include "import/url.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key, *method;
} methods[] = {{"get", "GET"},     {"head", "HEAD"},     {"post", "POST"},       {"put", "PUT"},
               {"patch", "PATCH"}, {"delete", "DELETE"}, {"options", "OPTIONS"}, {"trace", "TRACE"}};

/* ---- the server ---- */

/* A server's URL may have variables, and each of these has a default. */
static char *server_url(const json_t *server)
{
    const char *at = parameter_text(server, "url");
    const json_t *variables = json_object_get(server, "variables");
    struct text url = {0};

    while (at != NULL && *at != '\0') {
        size_t plain = strcspn(at, "{");
        const char *close = strchr(at, '}');
        text_append(&url, at, plain);
        at += plain;
        if (*at != '\0' && close == NULL) {
            break;
        }
        if (*at != '\0') {
            char *name = mem_copy(at + 1, (size_t)(close - at - 1));
            const char *usual = parameter_text(json_object_get(variables, name), "default");
            text_add(&url, usual != NULL ? usual : "");
            free(name);
            at = close + 1;
        }
    }
    return text_take(&url);
}

static void read_server(const json_t *document, struct url *ret_url)
{
    char *text = server_url(json_array_get(json_object_get(document, "servers"), 0));

    if (url_read(ret_url, text) != 0) {
        *ret_url = (struct url){mem_string(""), mem_string("/"), NULL};
    }
    size_t length = strcspn(ret_url->target, "?");
    while (length > 0 && ret_url->target[length - 1] == '/') {
        length--;
    }
    ret_url->target[length] = '\0';
    free(text);
}

/* ---- the operations ---- */

static void add_item(const struct format_source *source, const json_t *document, const struct url *server,
                     const char *path)
{
    const json_t *paths = json_object_get(document, "paths");
    const json_t *item = reference_follow(document, json_object_get(paths, path));

    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        const json_t *operation = json_object_get(item, methods[i].key);
        if (json_is_object(operation)) {
            operation_add(&(struct operation_place){.source = source,
                                                    .document = document,
                                                    .origin = server->origin,
                                                    .base = server->target,
                                                    .path = path,
                                                    .method = methods[i].method,
                                                    .item = item,
                                                    .operation = operation});
        }
    }
}

static int check_version(const struct format_source *source, const json_t *document, struct error *err)
{
    const char *version = parameter_text(document, "openapi");

    if (json_object_get(document, "swagger") != NULL) {
        return error_input(err, "%s: is Swagger 2; expected OpenAPI 3 (there are programs that convert it)",
                           source->file);
    }
    if (version == NULL || strncmp(version, "3.", 2) != 0) {
        return error_input(err, "%s: is no OpenAPI 3: expected \"openapi\": \"3.…\"", source->file);
    }
    if (!json_is_object(json_object_get(document, "paths"))) {
        return error_input(err, "%s: is no OpenAPI 3: expected an object \"paths\"", source->file);
    }
    return 0;
}

int openapi_read(const struct format_source *source, const json_t *document, struct error *err)
{
    struct url server;
    const char *path;
    json_t *item;

    if (check_version(source, document, err) != 0) {
        return -1;
    }
    read_server(document, &server);
    json_object_foreach(json_object_get(document, "paths"), path, item)
    {
        if (path[0] == '/') { /* others are extensions */
            add_item(source, document, &server, path);
        }
    }
    url_release(&server);
    return 0;
}
