#include "run/watch_line.h"

#include "base/mem.h"
#include "base/text.h"
#include "bench/service/attached.h"
#include "host/watch/watch_spec.h"

#include <stdlib.h>
#include <string.h>

/* The name before "=", on the heap; NULL: there is none, and `*ret_what` is all of the text. */
static char *split(const char *text, const char **ret_what)
{
    size_t length = strcspn(text, "=:/");

    *ret_what = text;
    if (text[length] != '=' && strncmp(text + length, ":", 1) == 0) { /* a name may be that of a host and a port */
        length += 1 + strspn(text + length + 1, "0123456789");
    }
    if (length == 0 || text[length] != '=') {
        return NULL;
    }
    *ret_what = text + length + 1;
    return mem_copy(text, length);
}

static struct manifest *only_target(const struct service_list *services)
{
    struct manifest *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i < services->count; i++) {
        if (services->items[i].attached != NULL) {
            found = &services->items[i];
            count++;
        }
    }
    return count == 1 ? found : NULL;
}

static struct manifest *target_of(const struct service_list *services, const char *name)
{
    if (name == NULL) {
        return only_target(services);
    }
    for (size_t i = 0; i < services->count; i++) {
        if (services->items[i].attached != NULL && strcmp(services->items[i].name, name) == 0) {
            return &services->items[i];
        }
    }
    return NULL;
}

static int refuse(const struct service_list *services, const char *text, const char *name, struct error *err)
{
    struct text names = {0};

    for (size_t i = 0; i < services->count; i++) {
        if (services->items[i].attached != NULL) {
            text_format(&names, "%s%s", names.length > 0 ? ", " : "", services->items[i].name);
        }
    }
    if (names.length == 0) {
        error_input(err, "--watch %s: only services that run already are watched so; give --target NAME=URL", text);
    } else if (name == NULL) {
        error_input(err, "--watch %s: expected NAME=WHAT with the name of a target: %s", text, names.data);
    } else {
        error_input(err, "--watch %s: no target is called \"%s\"; there is %s", text, name, names.data);
    }
    text_release(&names);
    return -1;
}

static void add(struct attachment *attached, const char *what)
{
    size_t count = 0;

    while (attached->watches != NULL && attached->watches[count] != NULL) {
        count++;
    }
    attached->watches = mem_resize((void *)attached->watches, count + 2, sizeof *attached->watches);
    attached->watches[count] = mem_string(what);
    attached->watches[count + 1] = NULL;
}

static int read_one(const char *text, struct service_list *services, struct error *err)
{
    struct watch_spec spec;
    const char *what;
    char *name = split(text, &what);
    struct manifest *target = target_of(services, name);

    if (target == NULL) {
        refuse(services, text, name, err);
        free(name);
        return -1;
    }
    free(name);
    if (watch_spec_read(&spec, what, err) != 0) {
        return error_context(err, "--watch");
    }
    watch_spec_release(&spec);
    add(target->attached, what);
    return 0;
}

int watch_line_read(const struct arguments_list *texts, struct service_list *services, struct error *err)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (read_one(texts->items[i], services, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int take_over_one(const struct backend_record *record, struct service_list *services, struct error *err)
{
    char *texts = mem_string(record->watch), *rest = NULL;
    int result = 0;

    for (char *text = strtok_r(texts, ", ", &rest); text != NULL && result == 0; text = strtok_r(NULL, ", ", &rest)) {
        char *named = mem_format("%s=%s", record->name, text);
        result = read_one(named, services, err);
        free(named);
    }
    free(texts);
    return result;
}

int watch_line_take_over(const struct run_log *begun, struct service_list *services, struct error *err)
{
    for (size_t i = 0; i < begun->backend_count; i++) {
        if (begun->backends[i].watch != NULL && take_over_one(&begun->backends[i], services, err) != 0) {
            return -1;
        }
    }
    return 0;
}

int watch_line_try(const struct service_list *services, struct error *err)
{
    for (size_t i = 0; i < services->count; i++) {
        const struct manifest *each = &services->items[i];
        struct watch *watch;
        if (each->attached == NULL || each->attached->watches == NULL) {
            continue;
        }
        if (attached_watch(each->attached, &watch, err) != 0) {
            return error_context(err, "%s", each->name);
        }
        watch_free(watch);
    }
    return 0;
}
