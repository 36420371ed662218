#include "bench/service/fingerprint.h"

#include "base/file.h"
#include "base/mem.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int run(const char *folder, const char *command)
{
    char *line = mem_format("cd '%s' && %s", folder, command);
    int status = system(line); /* NOLINT(cert-env33-c) */

    free(line);
    return status;
}

static int set_up(void **state)
{
    char *folder = mem_string("/tmp/twofold-print-XXXXXX");

    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    *state = folder;
    return run(folder, "mkdir -p app/inner bin && echo one > app/a && echo two > app/inner/b && echo x > bin/server && "
                       "chmod 755 bin/server && ln -s a app/link");
}

static int tear_down(void **state)
{
    run(*state, "rm -rf app bin other");
    rmdir(*state);
    free(*state);
    return 0;
}

/* On the heap. */
static char *print_of(const char *folder)
{
    char *paths[] = {(char *)"bin/server", (char *)"app", NULL};
    char *hex = NULL;
    struct error err = {0};

    if (fingerprint_make(folder, paths, &hex, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(strlen(hex), 64);
    return hex;
}

/* Whether the fingerprint after the command is another one than before it. */
static bool changes(const char *folder, const char *command)
{
    char *before = print_of(folder);

    assert_int_equal(run(folder, command), 0);
    char *after = print_of(folder);
    bool differs = strcmp(before, after) != 0;
    free(before);
    free(after);
    return differs;
}

TEST_WITH(what_is_shipped_counts, set_up, tear_down)
{
    assert_true(changes(*state, "echo y > bin/server")); /* as long as before */
    assert_true(changes(*state, "echo three > app/inner/b"));
    assert_true(changes(*state, "mv app/a app/c"));
    assert_true(changes(*state, "ln -sf c app/link"));
    assert_true(changes(*state, "chmod 644 bin/server"));
    assert_true(changes(*state, "touch app/empty"));
    assert_true(changes(*state, "mkdir app/empties && touch app/empties/e"));
}

TEST_WITH(when_and_what_else_do_not_count, set_up, tear_down)
{
    assert_false(changes(*state, "touch -d 2001-01-01 app/a bin/server"));
    assert_false(changes(*state, "echo x > bin/other"));
    assert_false(changes(*state, "mkdir app/__pycache__ && echo x > app/__pycache__/a.pyc"));
    assert_false(changes(*state, "cp app/a app/aa && rm app/a && mv app/aa app/a"));
}

/* sha256sum agrees on what is hashed. */
TEST_WITH(it_is_a_sha_256, set_up, tear_down)
{
    char *paths[] = {(char *)"app/a", NULL};
    char expected[65] = "", *hex;

    assert_int_equal(fingerprint_make(*state, paths, &hex, NULL), 0);
    assert_int_equal(run(*state, "printf 'app/a\\0file\\0004\\000one\\n' | sha256sum > other"), 0);
    char *path = file_join(*state, "other");
    FILE *file = fopen(path, "rb");
    assert_int_equal(fread(expected, 1, 64, file), 64);
    fclose(file);
    assert_string_equal(hex, expected);
    free(path);
    free(hex);
}

TEST_WITH(what_is_missing_is_named, set_up, tear_down)
{
    char *paths[] = {(char *)"bin/missing", NULL};
    char *hex = NULL;
    struct error err = {0};

    assert_int_equal(fingerprint_make(*state, paths, &hex, &err), -1);
    assert_non_null(strstr(err.message, "bin/missing"));
    assert_null(hex);
}
