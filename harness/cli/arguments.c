#include "arguments.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int add(struct arguments_list *list, const char *item, struct error *err)
{
    if (list->count == ARGUMENTS_MOST) {
        return error_input(err, "more than %d arguments", ARGUMENTS_MOST);
    }
    list->items[list->count++] = item;
    list->items[list->count] = NULL;
    return 0;
}

static int read_count(const struct option *option, const char *value, struct error *err)
{
    unsigned least = option->kind == OPTION_COUNT;
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || strspn(value, "0123456789") != strlen(value) || number < least) {
        return error_input(err, "--%s: expected a whole number from %u on, found \"%s\"", option->name, least, value);
    }
    *(uint64_t *)option->into = number;
    return 0;
}

static int store(const struct option *option, const char *value, struct error *err)
{
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)option->into = true;
        return 0;
    case OPTION_TEXT:
        *(const char **)option->into = value;
        return 0;
    case OPTION_TEXTS:
        return add(option->into, value, err);
    case OPTION_COUNT:
    case OPTION_NUMBER:
        return read_count(option, value, err);
    case OPTION_DURATION:
    case OPTION_EXAMPLE:
        break;
    }
    if (units_read_duration(value, option->into) != 0 || *(uint64_t *)option->into == 0) {
        return error_input(err, "--%s: expected a duration such as 10s or 500ms, found \"%s\"", option->name, value);
    }
    return 0;
}

static bool has_option(const struct option *options, const char *name, size_t length)
{
    for (; options->name != NULL; options++) {
        if (options->kind != OPTION_EXAMPLE && strlen(options->name) == length &&
            strncmp(options->name, name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* What an option of other programs is called here, where the command has that: "format html"; NULL: nothing is known
 * of it. */
static const char *called_here(const char *name, const struct option *options)
{
    static const char *const names[][2] = {
        {"html", "format html"},
        {"markdown", "format markdown"},
        {"csv", "format csv"},
        {"json", "format json"},
        {"duration", "measure"},
        {"vus", "connections"},
        {"c", "connections"},
        {"users", "connections"},
        {"concurrency", "connections"},
        {"header", "H"},
        {"data", "d"},
        {"body", "d"},
        {"method", "X"},
        {"request", "X"},
        {"output", "out"},
        {"o", "out"},
        {"url", "target"},
        {"backend", "backends"},
        {"threshold", "limit"},
        {"full", "details"},
        {"verbose", "details"},
        {"v", "details"},
        {"t", "threads"},
        {"r", "rate"},
        {"rps", "rate"},
        {"qps", "rate"},
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i][0], name) == 0 && has_option(options, names[i][1], strcspn(names[i][1], " "))) {
            return names[i][1];
        }
    }
    return NULL;
}

static int unknown(const char *name, const struct option *options, struct error *err)
{
    const char *here = called_here(name, options), *dashes = strlen(name) == 1 ? "-" : "--";
    if (here != NULL) {
        return error_input(err, "%s%s: unknown option; here it is %s%s", dashes, name, here[1] == '\0' ? "-" : "--",
                           here);
    }
    const char *names[ARGUMENTS_MOST + 1];
    size_t count = 0;
    for (; options->name != NULL; options++) {
        if (options->name[1] != '\0' && options->kind != OPTION_EXAMPLE) {
            names[count++] = options->name;
        }
    }
    names[count] = NULL;
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL) {
        return error_input(err, "--%s: unknown option; did you mean --%s?", name, nearest);
    }
    return error_input(err, "--%s: unknown option", name);
}

/* "-c 10", "-quick" */
static int unknown_lettered(const char *word, const struct option *options, struct error *err)
{
    const char *here = word[2] == '\0' ? called_here(word + 1, options) : NULL;

    if (here != NULL) {
        return unknown(word + 1, options, err);
    }
    return error_input(err, "%s: unknown option; options have two dashes", word);
}

/* The option of one letter that the word begins with; NULL: there is none. */
static const struct option *lettered(const char *word, const struct option *options)
{
    for (; options->name != NULL; options++) {
        if (word[0] == '-' && options->name[0] == word[1] && options->name[1] == '\0') {
            return options;
        }
    }
    return NULL;
}

/* Reads "-X value" or "-Xvalue" at *argv, which is moved to its last word. */
static int read_lettered(char ***argv, const struct option *option, struct error *err)
{
    const char *word = **argv;

    if (word[2] != '\0') {
        return store(option, word + 2, err);
    }
    if ((*argv)[1] == NULL) {
        return error_input(err, "-%s needs a value: %s", option->name, option->value);
    }
    return store(option, *++*argv, err);
}

static bool is_named(const struct option *option, const char *name, size_t length)
{
    bool lettered_or_example = length == 1 || option->kind == OPTION_EXAMPLE;
    return !lettered_or_example && strlen(option->name) == length && strncmp(option->name, name, length) == 0;
}

/* Reads the option at *argv, which is moved to its last word. */
static int read_option(char ***argv, const struct option *options, struct error *err)
{
    const char *word = **argv + 2;
    size_t length = strcspn(word, "=");
    const struct option *option = options;

    while (option->name != NULL && !is_named(option, word, length)) {
        option++;
    }
    if (option->name == NULL) {
        char *name = mem_copy(word, length);
        unknown(name, options, err);
        free(name);
        return -1;
    }
    if (option->kind == OPTION_FLAG) {
        if (word[length] == '=') {
            return error_input(err, "--%s takes no value", option->name);
        }
        return store(option, NULL, err);
    }
    if (word[length] == '=') {
        return store(option, word + length + 1, err);
    }
    if ((*argv)[1] == NULL) {
        return error_input(err, "--%s needs a value: %s", option->name, option->value);
    }
    return store(option, *++*argv, err);
}

int arguments_read(char **argv, const struct option *options, struct arguments_list *rest, struct error *err)
{
    bool options_over = false;

    rest->count = 0;
    rest->items[0] = NULL;
    for (argv++; *argv != NULL; argv++) {
        if (!options_over && strcmp(*argv, "--") == 0) {
            options_over = true;
        } else if (!options_over && strncmp(*argv, "--", 2) == 0) {
            if (read_option(&argv, options, err) != 0) {
                return -1;
            }
        } else if (!options_over && lettered(*argv, options) != NULL) {
            if (read_lettered(&argv, lettered(*argv, options), err) != 0) {
                return -1;
            }
        } else if (!options_over && (*argv)[0] == '-' && (*argv)[1] != '\0') {
            return unknown_lettered(*argv, options, err);
        } else if (add(rest, *argv, err) != 0) {
            return -1;
        }
    }
    return 0;
}
