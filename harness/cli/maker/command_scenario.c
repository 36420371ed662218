#include "command.h"

#include "base/mem.h"
#include "base/text.h"
#include "import/import.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] = "scenario --from FILE [options]";

struct scenario_line {
    const char *from, *format, *name;
    const char *out; /* NULL: a file in scenarios/ where there is one, else here */
};

/* ---- where it goes ---- */

static bool is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static char *name_of(const struct scenario_line *line)
{
    if (line->name != NULL) {
        return mem_string(line->name);
    }
    return import_name_for(line->out != NULL && strcmp(line->out, "-") != 0 ? line->out : line->from);
}

static char *path_of(const struct scenario_line *line, const char *name)
{
    if (line->out != NULL) {
        return mem_string(line->out);
    }
    return mem_format("%s%s.json", is_folder("scenarios") ? "scenarios/" : "", name);
}

/* A scenario is found by its file's name. */
static int check_path(const char *path, const char *name, struct error *err)
{
    char *wanted = mem_format("%s.json", name);
    int result = 0;

    if (strcmp(path, "-") != 0 && strcmp(base_of(path), wanted) != 0) {
        result = error_input(err, "--out %s: the file of the scenario \"%s\" must be called %s; rename either", path,
                             name, wanted);
    }
    free(wanted);
    return result;
}

static char *path_beside(const char *path, const char *name)
{
    return mem_format("%.*s%s", (int)(base_of(path) - path), path, name);
}

/* ---- writing ---- */

static int check_files(const struct sketch *sketch, const char *path, struct error *err)
{
    if (sketch->file_count > 0 && strcmp(path, "-") == 0) {
        return error_input(err, "--out -: this scenario needs files beside it, such as %s; give it a file of its own",
                           sketch->files[0].name);
    }
    for (size_t i = 0; i < sketch->file_count; i++) {
        char *beside = path_beside(path, sketch->files[i].name);
        int result = command_check_destination(&(struct destination){"--out", beside}, err);
        free(beside);
        if (result != 0) {
            return -1;
        }
    }
    return command_check_destination(&(struct destination){"--out", path}, err);
}

static void remove_files(const struct sketch *sketch, const char *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *beside = path_beside(path, sketch->files[i].name);
        unlink(beside);
        free(beside);
    }
}

/* The scenario last, so that one that is there is whole. */
static int write_files(const struct sketch *sketch, const char *path, struct error *err)
{
    if (check_files(sketch, path, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sketch->file_count; i++) {
        char *beside = path_beside(path, sketch->files[i].name);
        int result = command_write(&sketch->files[i].text, beside, err);
        free(beside);
        if (result != 0) {
            remove_files(sketch, path, i);
            return -1;
        }
    }
    if (command_write(&sketch->text, path, err) != 0) {
        remove_files(sketch, path, sketch->file_count);
        return -1;
    }
    return 0;
}

/* ---- saying ---- */

static void print_remarks(const struct remarks *remarks)
{
    struct text text = {0};

    remarks_write(remarks, &text);
    for (const char *line = text.data; line != NULL && *line != '\0'; line += strcspn(line, "\n") + 1) {
        fprintf(stderr, "twofold: %.*s\n", (int)strcspn(line, "\n"), line);
    }
    text_release(&text);
}

static void print_written(const struct sketch *sketch, const char *path)
{
    if (strcmp(path, "-") == 0) {
        return;
    }
    puts(path);
    for (size_t i = 0; i < sketch->file_count; i++) {
        char *beside = path_beside(path, sketch->files[i].name);
        puts(beside);
        free(beside);
    }
    fprintf(stderr, "twofold: now look at it, then: twofold plan %s; twofold bench %s --target URL\n", path, path);
}

static int make(const struct scenario_line *line, const char *name, const atomic_bool *stop, struct error *err)
{
    const struct import_options options = {.format = line->format, .name = name, .stop = stop};
    char *path = path_of(line, name);
    struct remarks remarks = {0};
    struct sketch sketch;
    int result = -1;

    if (check_path(path, name, err) == 0 && command_check_destination(&(struct destination){"--out", path}, err) == 0) {
        result = import_read(&sketch, line->from, &options, &remarks, err);
        print_remarks(&remarks);
    }
    if (result == 0) {
        result = write_files(&sketch, path, err);
        if (result == 0) {
            print_written(&sketch, path);
        }
        sketch_release(&sketch);
    }
    remarks_release(&remarks);
    free(path);
    return result;
}

int command_scenario(const struct command_line *line, struct error *err)
{
    struct scenario_line given = {0};
    const struct option options[] = {
        {"from", OPTION_TEXT, &given.from, "FILE", "what it is made of; - for standard input"},
        {"format", OPTION_TEXT, &given.format, "NAME", "har, openapi, log, urls or curl (default: as FILE looks)"},
        {"out", OPTION_TEXT, &given.out, "FILE", "where it goes (default: scenarios/NAME.json); - for standard output"},
        {"name", OPTION_TEXT, &given.name, "NAME", "what it is called (default: as the file that it is written to)"},
        ARGUMENTS_EXAMPLE("scenario --from access.log --out scenarios/mine.json", "the mix of a log, as a scenario"),
        ARGUMENTS_EXAMPLE("scenario --from openapi.json --name shop",
                          "scenarios/shop.json, a request for each operation"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(line, usage, options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 0 || given.from == NULL) {
        error_input(err, "usage: twofold %s", usage);
        return EXIT_USAGE;
    }
    char *name = name_of(&given);
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0' || name[0] == '\0') {
        error_input(err, "--name: expected a name of a-z, 0-9 and \"-\", found \"%s\"", name);
    } else if (make(&given, name, line->stop, err) != 0) {
        error_context(err, "scenario");
    }
    free(name);
    return EXIT_FINE;
}
