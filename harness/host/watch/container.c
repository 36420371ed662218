#include "host/watch/container.h"

#include "base/clock.h"
#include "base/text.h"
#include "host/process/process.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define TIMEOUT_NS (10 * CLOCK_SECOND_NS)

int container_read_state(const char *output, pid_t *ret_pid, struct error *err)
{
    const char *start = output[0] == '{' ? output : strstr(output, "\n{");
    json_t *state = start != NULL ? json_loads(start, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
    json_int_t pid = json_integer_value(json_object_get(state, "Pid"));
    const char *status = json_string_value(json_object_get(state, "Status"));

    if (!json_is_object(state)) {
        error_failed(err, "its state cannot be read from \"%.200s\"", output);
    } else if (pid <= 0) {
        error_failed(err, "it does not run%s%s", status != NULL ? ": it is " : "", status != NULL ? status : "");
    } else {
        *ret_pid = (pid_t)pid;
    }
    json_decref(state);
    return pid > 0 ? 0 : -1;
}

/* The client's last words. */
static void refuse(const struct process_result *result, struct error *err)
{
    struct text how = {0};
    size_t length = strlen(result->output);

    while (length > 0 && strchr(" \n", result->output[length - 1]) != NULL) {
        length--;
    }
    const char *last = result->output + length;
    while (last > result->output && last[-1] != '\n') {
        last--;
    }
    process_describe(result, &how);
    error_failed(err, "%s: %.*s", how.data, (int)(result->output + length - last), last);
    text_release(&how);
}

static int ask(const char *engine, const char *name, pid_t *ret_pid, struct error *err)
{
    char *const argv[] = {(char *)engine, "inspect",         "--type",     "container",
                          "--format",     "{{json .State}}", (char *)name, NULL};
    char *const named[] = {"DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", NULL};
    struct process_options options = {.child = {.argv = argv, .environment = {.named = named}},
                                      .timeout_ns = TIMEOUT_NS};
    struct process_result result;
    int status = -1;

    if (process_run(&options, &result, err) != 0) {
        return -1;
    }
    if (!process_succeeded(&result)) {
        refuse(&result, err);
    } else {
        status = container_read_state(result.output, ret_pid, err);
    }
    process_result_release(&result);
    if (status != 0) {
        return error_context(err, "%s inspect %s", engine, name);
    }
    return 0;
}

int container_find(const char *name, pid_t *ret_pid, struct error *err)
{
    static const char *const engines[] = {"podman", "docker"};
    struct error why = {0};
    bool asked = false;

    for (size_t i = 0; i < sizeof engines / sizeof engines[0]; i++) {
        char *program = child_find_program(engines[i]);
        bool there = program != NULL;
        free(program);
        asked = asked || there;
        if (there && ask(engines[i], name, ret_pid, &why) == 0) {
            return 0;
        }
    }
    if (!asked) {
        return error_failed(err, "neither podman nor docker is on PATH");
    }
    return error_failed(err, "%s", why.message);
}
