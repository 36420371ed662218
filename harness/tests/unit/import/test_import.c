/* Whole inputs: each case is a folder with an input as it comes from elsewhere, and what is made of it. */
#include "import/import.h"

#include "base/file.h"
#include "base/mem.h"
#include "plan/scenario/scenario.h"

#include "case_folder.h"
#include "snapshot.h"
#include "test.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#define CASES TESTS_FOLDER "/cases/import/"

static const struct import_options options = {.name = "case"};

/* The file "input.…" of a case, on the heap. */
static char *input_of(const char *path)
{
    char *pattern = file_join(path, "input.*");
    glob_t found;

    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    assert_int_equal(found.gl_pathc, 1);
    char *input = mem_string(found.gl_pathv[0]);
    globfree(&found);
    free(pattern);
    return input;
}

static void assert_no_secret(const char *path, const struct text *text)
{
    static const char *const secrets[] = {"eyJhbGciOiJIUzI1NiJ9", "hunter2", "s3cr3t", "session=91f", "ann:pw",
                                          "k-123456789",          "abcdef",  "tok\""};

    for (size_t i = 0; text->length > 0 && i < sizeof secrets / sizeof secrets[0]; i++) {
        if (strstr(text->data, secrets[i]) != NULL) {
            fail_msg("%s: the secret \"%s\" is in what was made", path, secrets[i]);
        }
    }
}

/* The secrets that the cases ask for. */
static int set_environment(void **state)
{
    static const char *const names[] = {"ACCESS_TOKEN", "API_KEY",  "AUTHORIZATION", "COOKIE",
                                        "KEY",          "PASSWORD", "X_API_KEY"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        setenv(names[i], "given-by-the-test", 1);
    }
    return 0;
}

const struct test_group test_group = {.before = set_environment};

static void assert_read(const char *path)
{
    char *file = file_join(path, "case.json");
    struct scenario scenario;
    struct error err = {0};

    if (scenario_read(&scenario, file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    scenario_release(&scenario);
    free(file);
}

static void make(const char *path)
{
    char *input = input_of(path);
    struct sketch sketch;
    struct remarks remarks = {0};
    struct text said = {0};
    struct error err = {0};

    if (import_read(&sketch, input, &options, &remarks, &err) != 0) {
        fail_msg("%s", err.message);
    }
    text_append(&said, "", 0);
    remarks_write(&remarks, &said);
    snapshot_check(path, "case.json", &sketch.text);
    snapshot_check(path, "remarks", &said);
    assert_no_secret(path, &sketch.text);
    assert_no_secret(path, &said);
    for (size_t i = 0; i < sketch.file_count; i++) {
        snapshot_check(path, sketch.files[i].name, &sketch.files[i].text);
        assert_no_secret(path, &sketch.files[i].text);
    }
    assert_read(path);
    sketch_release(&sketch);
    remarks_release(&remarks);
    text_release(&said);
    free(input);
}

static void refuse(const char *path)
{
    char *input = input_of(path);
    struct sketch sketch, before;
    struct remarks remarks = {0};
    struct error err = {0};

    memset(&sketch, 0x5a, sizeof sketch);
    memcpy(&before, &sketch, sizeof sketch);
    assert_int_equal(import_read(&sketch, input, &options, &remarks, &err), -1);
    assert_memory_equal(&sketch, &before, sizeof sketch);
    assert_true(case_folder_agrees(path, &err));
    remarks_release(&remarks);
    free(input);
}

TEST(every_input_becomes_the_scenario_that_lies_beside_it)
{
    assert_in_range(case_folder_each(CASES "valid", make), 10, 1000);
}

TEST(every_input_that_is_none_is_refused_with_its_message)
{
    assert_in_range(case_folder_each(CASES "invalid", refuse), 20, 1000);
}

TEST(the_name_is_that_of_the_file_in_letters_that_names_may_have)
{
    static const char *const names[][2] = {{"access.log", "access"},
                                           {"/var/log/nginx/Shop Access_2026.log.1", "shop-access-2026-log"},
                                           {"-", "imported"},
                                           {"---", "imported"},
                                           {"caf\xc3\xa9.har", "caf"},
                                           {".har", "har"}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *name = import_name_for(names[i][0]);
        assert_string_equal(name, names[i][1]);
        free(name);
    }
}

TEST(the_format_that_is_named_is_the_one_that_is_read)
{
    struct import_options named = {.name = "case", .format = "log"};
    struct sketch sketch;
    struct remarks remarks = {0};
    struct error err = {0};

    assert_int_equal(import_read(&sketch, CASES "valid/urls/input.txt", &named, &remarks, &err), -1);
    assert_string_equal(err.message, "input.txt: holds no request that a scenario could send");
    assert_string_equal(remarks.left_out[0].what, "lines that do not parse");
    err = (struct error){0};
    named.format = "xml";
    assert_int_equal(import_read(&sketch, CASES "valid/urls/input.txt", &named, &remarks, &err), -1);
    assert_string_equal(err.message, "--format: expected har, openapi, log, urls or curl, found \"xml\"");
    remarks_release(&remarks);
}
