#include "host/watch/watch_spec.h"

#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define KNOWN "auto, pid:N, cgroup:PATH, container:NAME, metrics:URL, ssh:HOST, none"

static const struct known {
    const char *word; /* with its colon, if an argument follows */
    enum watch_kind kind;
} known_kinds[] = {
    {"auto", WATCH_AUTO},        {"pid:", WATCH_PID}, {"cgroup:", WATCH_CGROUP}, {"container:", WATCH_CONTAINER},
    {"metrics:", WATCH_METRICS}, {"ssh:", WATCH_SSH}, {"none", WATCH_NONE},
};

static const struct known *find(const char *text)
{
    for (size_t i = 0; i < sizeof known_kinds / sizeof known_kinds[0]; i++) {
        const char *word = known_kinds[i].word;
        size_t length = strlen(word);
        bool named = word[length - 1] == ':' ? strncmp(text, word, length) == 0 : strcmp(text, word) == 0;
        if (named) {
            return &known_kinds[i];
        }
    }
    return NULL;
}

static int refuse(const char *text, struct error *err)
{
    static const char *const words[] = {"auto", "pid", "cgroup", "container", "metrics", "ssh", "none", NULL};
    char *word = mem_copy(text, strcspn(text, ":"));
    const char *nearest = text_nearest(word, words);

    if (nearest != NULL && strcmp(nearest, word) != 0) {
        error_input(err, "watch \"%.200s\" is not known; did you mean \"%s\"? There are " KNOWN, text, nearest);
    } else {
        error_input(err, "watch \"%.200s\" is not known; there are " KNOWN, text);
    }
    free(word);
    return -1;
}

static int read_pid(struct watch_spec *spec, const char *text, struct error *err)
{
    char *end;

    errno = 0;
    long pid = strtol(spec->argument, &end, 10);
    if (!isdigit((unsigned char)spec->argument[0]) || *end != '\0' || errno != 0 || pid < 1 || pid > INT_MAX) {
        return error_input(err, "watch \"%.200s\": expected the number of a process, such as pid:4711", text);
    }
    spec->pid = (pid_t)pid;
    return 0;
}

/* What an ssh client or an engine's client would take for an option is no name. */
static bool is_name(const char *argument)
{
    if (argument[0] == '-') {
        return false;
    }
    for (const char *at = argument; *at != '\0'; at++) {
        if (isspace((unsigned char)*at) || iscntrl((unsigned char)*at)) {
            return false;
        }
    }
    return true;
}

static int check_argument(struct watch_spec *spec, const char *text, struct error *err)
{
    const char *argument = spec->argument;

    if (argument[0] == '\0') {
        return error_input(err, "watch \"%.200s\": nothing follows the colon; there are " KNOWN, text);
    }
    switch (spec->kind) {
    case WATCH_PID:
        return read_pid(spec, text, err);
    case WATCH_METRICS:
        if (strncmp(argument, "http://", 7) != 0 && strncmp(argument, "https://", 8) != 0) {
            return error_input(err, "watch \"%.200s\": expected a URL, such as metrics:http://127.0.0.1:8080/metrics",
                               text);
        }
        return 0;
    case WATCH_CGROUP:
        if (argument[0] != '/') {
            return error_input(err, "watch \"%.200s\": expected a path, such as cgroup:/system.slice/web.service",
                               text);
        }
        return 0;
    default:
        if (!is_name(argument)) {
            return error_input(err, "watch \"%.200s\": expected a name without blanks that does not begin with a dash",
                               text);
        }
        return 0;
    }
}

int watch_spec_read(struct watch_spec *ret_spec, const char *text, struct error *err)
{
    const struct known *known = find(text);

    if (known == NULL) {
        return refuse(text, err);
    }
    struct watch_spec spec = {.kind = known->kind};
    if (known->word[strlen(known->word) - 1] == ':') {
        spec.argument = mem_string(text + strlen(known->word));
        if (check_argument(&spec, text, err) != 0) {
            watch_spec_release(&spec);
            return -1;
        }
    }
    *ret_spec = spec;
    return 0;
}

void watch_spec_release(struct watch_spec *spec)
{
    free(spec->argument);
    *spec = (struct watch_spec){0};
}
