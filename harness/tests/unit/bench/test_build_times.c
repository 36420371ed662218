/* What owning a service costs, as its own commands say and as its builds take. */
#include "bench/service/owning/build_times.h"

#include "base/file.h"
#include "base/mem.h"
#include "bench/service/owning/said.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say_nothing(void *context, const char *line)
{
    (void)context;
    (void)line;
}

static struct progress quiet = {.say = say_nothing};

static void write_file(const char *folder, const char *name, const char *text)
{
    char *path = file_join(folder, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static void run_in(const char *folder, const char *command)
{
    char *line = mem_format("cd %s && %s", folder, command);
    assert_int_equal(system(line), 0);
    free(line);
}

/* A build that fails where an earlier one has left something, until its source has changed; then only with it. */
static const char build[] = "if [ -e out ]; then grep -q CHANGED src.txt; else ! grep -q CHANGED src.txt; fi && "
                            "[ ! -e kept ] && [ -n \"$GOCACHE\" ] && echo >>out";

TEST(a_build_from_scratch_and_one_after_a_change_are_timed_in_a_copy)
{
    char folder[] = "/tmp/test-build-times-XXXXXX";
    char *argv[] = {"sh", "-c", (char *)(uintptr_t)build, NULL};
    struct command commands[] = {{argv}};
    struct manifest manifest = {.name = (char *)"toy",
                                .build = commands,
                                .build_count = 1,
                                .rebuild_file = (char *)"src.txt",
                                .rebuild_line = (char *)"CHANGED"};
    struct run run = {.progress = &quiet};
    struct backend_record record = {0};

    manifest.folder = mkdtemp(folder);
    assert_non_null(manifest.folder);
    write_file(folder, "src.txt", "as it was\n");
    write_file(folder, ".gitignore", "kept\nout\n");
    write_file(folder, "kept", "of an earlier build\n");
    run_in(folder, "git init --quiet .");
    assert_int_equal(build_times_take(&run, &manifest, &record, NULL), 0);
    assert_true(record.build_clean_ns > 0);
    assert_true(record.build_changed_ns > 0);
    run_in(folder, "test \"$(cat src.txt)\" = 'as it was' && test ! -e out && cd / && rm -rf \"$OLDPWD\"");
}

TEST(where_a_build_fails_there_is_no_time)
{
    char folder[] = "/tmp/test-build-times-XXXXXX";
    char *argv[] = {"false", NULL};
    struct command commands[] = {{argv}};
    struct manifest manifest = {.name = (char *)"toy", .build = commands, .build_count = 1};
    struct run run = {.progress = &quiet};
    struct backend_record record = {0};

    manifest.folder = mkdtemp(folder);
    write_file(folder, "src.txt", "x");
    run_in(folder, "git init --quiet .");
    assert_int_equal(build_times_take(&run, &manifest, &record, NULL), 0);
    assert_int_equal(record.build_clean_ns, 0);
    run_in(folder, "cd / && rm -rf \"$OLDPWD\"");
}

TEST(what_a_service_says_of_itself_is_counted)
{
    char *runtime[] = {"sh", "-c", "echo /usr/bin/env; echo; echo /usr/bin/env", NULL};
    char *dependencies[] = {"printf", "%s\n", "b", "a", "b", "", NULL};
    struct manifest manifest = {.name = (char *)"toy",
                                .folder = (char *)"/",
                                .runtime = {runtime},
                                .dependencies = {dependencies}};
    struct run run = {0};
    uint64_t bytes = 0, count = 0;

    assert_int_equal(said_bytes(&run, &manifest, &bytes, NULL), 0);
    assert_true(bytes > 1000);
    assert_int_equal(said_count(&run, &manifest, &count, NULL), 0);
    assert_int_equal(count, 2);

    struct error err = {0};
    char *wrong[] = {"sh", "-c", "echo no such tool; exit 3", NULL};
    manifest.dependencies.argv = wrong;
    assert_int_equal(said_count(&run, &manifest, &count, &err), -1);
    assert_non_null(strstr(err.message, "no such tool"));

    manifest.dependencies.argv = manifest.runtime.argv = NULL;
    assert_int_equal(said_bytes(&run, &manifest, &bytes, NULL), 0);
    assert_int_equal(said_count(&run, &manifest, &count, NULL), 0);
    assert_int_equal(count, 2);
}
