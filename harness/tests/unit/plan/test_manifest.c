#include "plan/manifest/manifest.h"

#include "case_folder.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define CASES    TESTS_FOLDER "/cases/manifest/"
#define BACKENDS SOURCE_FOLDER "/backends"

static void accept(const char *path)
{
    struct manifest manifest;
    struct error err = {0};
    char *folder = file_join(path, "backend");

    if (manifest_read(&manifest, folder, &err) != 0) {
        fail_msg("%s", err.message);
    }
    manifest_release(&manifest);
    free(folder);
}

static void refuse(const char *path)
{
    struct manifest manifest;
    struct manifest before;
    struct error err = {0};
    char *folder = file_join(path, "backend");

    memset(&manifest, 0x5a, sizeof manifest);
    memcpy(&before, &manifest, sizeof manifest);
    assert_int_equal(manifest_read(&manifest, folder, &err), -1);
    assert_memory_equal(&manifest, &before, sizeof manifest);
    assert_true(case_folder_agrees(path, &err));
    free(folder);
}

TEST(every_valid_case_is_read)
{
    assert_in_range(case_folder_each(CASES "valid", accept), 3, 1000);
}

TEST(every_invalid_case_is_refused_with_its_message)
{
    assert_in_range(case_folder_each(CASES "invalid", refuse), 40, 1000);
    assert_in_range(case_folder_each(CASES "beyond-schema", refuse), 1, 1000);
}

static void lists_are(char *const *list, const char *const *wanted)
{
    for (; *wanted != NULL; list++, wanted++) {
        assert_non_null(*list);
        assert_string_equal(*list, *wanted);
    }
    assert_null(*list);
}

TEST(everything_that_is_given_is_taken)
{
    struct manifest manifest;

    assert_int_equal(manifest_read(&manifest, CASES "valid/several/backend/", NULL), 0);
    assert_string_equal(manifest.folder, CASES "valid/several/backend");
    assert_string_equal(manifest.name, "backend");
    assert_string_equal(manifest.language, "Go");
    assert_string_equal(manifest.framework, "net/http");
    assert_string_equal(manifest.class, "production");
    assert_string_equal(manifest.why, "a case");
    lists_are(manifest.operations, (const char *const[]){"health", "getItem", NULL});
    assert_int_equal(manifest.tool_count, 2);
    assert_string_equal(manifest.tools[0].name, "a");
    lists_are(manifest.tools[0].version.argv, (const char *const[]){"bin/a", "--version", NULL});
    assert_string_equal(manifest.tools[1].least, "10.2.33");
    assert_int_equal(manifest.build_count, 2);
    lists_are(manifest.build[0].argv, (const char *const[]){"a", NULL});
    lists_are(manifest.build[1].argv, (const char *const[]){"./b.sh", "/etc", "..", "two\nlines", NULL});
    lists_are(manifest.run.argv, (const char *const[]){"node", "--flag", "src/main.js", NULL});
    lists_are(manifest.environment, (const char *const[]){"GOGC", "NODE_OPTIONS=--a=b c", "_E=", NULL});
    lists_are(manifest.artifacts, (const char *const[]){"bin/server", NULL});
    assert_string_equal(manifest.lock, "go.sum");
    lists_are(manifest.sources, (const char *const[]){"src/**/*.go", "./main.go", NULL});
    manifest_release(&manifest);
}

TEST(a_variant_is_another_service_with_other_settings)
{
    struct manifest manifest;

    assert_int_equal(manifest_read(&manifest, CASES "valid/variant/backend", NULL), 0);
    assert_string_equal(manifest.name, "backend");
    assert_string_equal(manifest.variant_of, "base");
    assert_string_equal(manifest.folder, CASES "valid/variant/base");
    assert_string_equal(manifest.language, "Go");
    assert_string_equal(manifest.why, "another case");
    lists_are(manifest.run.argv, (const char *const[]){"bin/server", NULL});
    lists_are(manifest.environment, (const char *const[]){"SHED=64", NULL});
    assert_false(manifest.is_default);
    manifest_release(&manifest);
}

TEST(a_variant_may_be_built_and_run_otherwise_in_the_same_folder)
{
    struct manifest manifest;

    assert_int_equal(manifest_read(&manifest, CASES "valid/variant-of-its-own/backend", NULL), 0);
    assert_string_equal(manifest.folder, CASES "valid/variant-of-its-own/base");
    assert_true(manifest.is_default);
    assert_string_equal(manifest.language, "Go");
    assert_string_equal(manifest.framework, "chi");
    assert_string_equal(manifest.class, "tuned");
    assert_string_equal(manifest.ready, "/ready");
    lists_are(manifest.operations, (const char *const[]){"health", "getItem", NULL});
    assert_int_equal(manifest.tool_count, 1);
    assert_int_equal(manifest.build_count, 1);
    lists_are(manifest.build[0].argv, (const char *const[]){"make", "chi", NULL});
    lists_are(manifest.run.argv, (const char *const[]){"bin/chi", NULL});
    lists_are(manifest.artifacts, (const char *const[]){"bin/chi", NULL});
    assert_null(manifest.lock);
    assert_string_equal(manifest.rebuild_file, "chi.go");
    lists_are(manifest.sources, (const char *const[]){"*.go", NULL});
    assert_string_equal(manifest.change, "change.patch");
    manifest_release(&manifest);
}

TEST(a_service_may_say_that_it_is_measured_only_where_it_is_named)
{
    struct manifest manifest;

    assert_int_equal(manifest_read(&manifest, CASES "valid/variant-of-its-own/base", NULL), 0);
    assert_false(manifest.is_default);
    manifest_release(&manifest);
    assert_int_equal(manifest_read(&manifest, CASES "valid/variant/base", NULL), 0);
    assert_true(manifest.is_default);
    manifest_release(&manifest);
}

TEST(a_variant_of_a_folder_elsewhere_is_refused)
{
    struct manifest manifest;
    struct error err = {0};

    assert_int_equal(manifest_read_own(&manifest, CASES "valid/variant/backend", &err), -1);
    assert_non_null(strstr(err.message, "variant_of: expected no \"variant_of\" in a folder outside of backends/"));
}

TEST(what_owning_it_costs_is_taken)
{
    struct manifest manifest;

    assert_int_equal(manifest_read(&manifest, CASES "valid/costs/backend", NULL), 0);
    lists_are(manifest.runtime.argv, (const char *const[]){"node", "-p", "process.execPath", NULL});
    lists_are(manifest.dependencies.argv, (const char *const[]){"go", "list", "-deps", NULL});
    assert_string_equal(manifest.rebuild_file, "src/a.go");
    assert_string_equal(manifest.rebuild_line, "var Changed = 1");
    manifest_release(&manifest);
}

TEST(what_need_not_be_told_is_not_there)
{
    struct manifest manifest;

    assert_int_equal(manifest_read(&manifest, CASES "valid/own-least/backend", NULL), 0);
    assert_string_equal(manifest.name, "backend");
    assert_string_equal(manifest.ready, "/healthz");
    assert_string_equal(manifest.class, "production");
    lists_are(manifest.run.argv, (const char *const[]){"python3", "server.py", NULL});
    assert_null(manifest.operations);
    assert_null(manifest.verify.argv);
    assert_null(manifest.language);
    assert_null(manifest.framework);
    assert_null(manifest.why);
    assert_null(manifest.artifacts);
    assert_null(manifest.sources);
    assert_null(manifest.wrong);
    assert_false(manifest.own);
    assert_int_equal(manifest.tool_count + manifest.build_count, 0);
    manifest_release(&manifest);
}

TEST(how_it_is_ready_and_verified_is_taken)
{
    struct manifest manifest;

    assert_int_equal(manifest_read_own(&manifest, CASES "valid/own-full/backend", NULL), 0);
    assert_true(manifest.own);
    assert_string_equal(manifest.ready, "/up?deep=1");
    lists_are(manifest.verify.argv, (const char *const[]){"sh", "check.sh", "--all", NULL});
    manifest_release(&manifest);
}

TEST(a_folder_elsewhere_may_be_called_otherwise_than_its_service)
{
    struct manifest manifest;

    assert_int_equal(manifest_read_own(&manifest, CASES "beyond-schema/name-not-the-folder/backend", NULL), 0);
    assert_string_equal(manifest.name, "go");
    manifest_release(&manifest);
    assert_int_equal(manifest_read_own(&manifest, CASES "valid/own-least/backend", NULL), 0);
    assert_null(manifest.name);
    manifest_release(&manifest);
}

TEST(a_backend_without_dependencies_has_no_lock)
{
    struct manifest manifest;

    assert_int_equal(manifest_read(&manifest, CASES "valid/least/backend", NULL), 0);
    assert_null(manifest.lock);
    assert_null(manifest.operations);
    assert_null(manifest.environment);
    assert_int_equal(manifest.tool_count, 0);
    assert_int_equal(manifest.build_count, 0);
    assert_string_equal(manifest.class, "tuned");
    manifest_release(&manifest);
}

TEST(every_backend_here_is_listed_by_name)
{
    struct manifest *manifests;
    struct error err = {0};
    struct wrong_manifest *wrong;
    size_t count;

    if (manifest_list(BACKENDS, &manifests, &count, &wrong, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_in_range(count, 5, 1000);
    assert_null(wrong[0].name);
    manifest_wrong_free(wrong);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || strcmp(manifests[i - 1].name, manifests[i].name) < 0);
        assert_string_not_equal(manifests[i].name, "contract");
    }
    for (size_t i = 0; i < count; i++) {
        manifest_release(&manifests[i]);
    }
    free(manifests);
}

TEST(a_wrong_backend_is_listed_apart_and_stops_none_of_the_others)
{
    struct manifest *manifests = NULL;
    struct wrong_manifest *wrong;
    struct error err = {0};
    size_t count = 42;

    assert_int_equal(manifest_list(CASES "invalid/class-unknown", &manifests, &count, &wrong, &err), 0);
    assert_int_equal(count, 0);
    assert_string_equal(wrong[0].name, "backend");
    assert_non_null(strstr(wrong[0].why, "backend/backend.json:5: class: "));
    assert_null(wrong[1].name);
    manifest_wrong_free(wrong);
    free(manifests);
    assert_int_equal(manifest_list("/nowhere", &manifests, &count, &wrong, &err), -1);
    assert_string_equal(err.message, "/nowhere: cannot be listed: No such file or directory");
}

TEST(a_folder_without_backends_lists_none)
{
    struct manifest *manifests = NULL;
    struct wrong_manifest *wrong;
    size_t count = 42;

    assert_int_equal(manifest_list(CASES "invalid/no-file", &manifests, &count, &wrong, NULL), 0);
    assert_int_equal(count, 0);
    assert_null(wrong[0].name);
    manifest_wrong_free(wrong);
    free(manifests);
}

TEST(versions_are_compared_number_by_number)
{
    const char *const rising[] = {"",
                                  "0.1",
                                  "0.9",
                                  "0.10",
                                  "1",
                                  "1.0.1",
                                  "1.9",
                                  "1.25",
                                  "1.25.1",
                                  "1.100",
                                  "2",
                                  "10.0",
                                  "10.0.1",
                                  "99999999999999999999.1",
                                  "99999999999999999999.2",
                                  NULL};

    for (int i = 0; rising[i] != NULL; i++) {
        for (int j = 0; rising[j] != NULL; j++) {
            assert_int_equal(manifest_compare_versions(rising[i], rising[j]), (i > j) - (i < j));
        }
    }
    assert_int_equal(manifest_compare_versions("1", "1.0"), 0);
    assert_int_equal(manifest_compare_versions("1.05", "1.5"), 0);
    assert_int_equal(manifest_compare_versions("1.25rc1", "1.25"), 0);
    assert_int_equal(manifest_compare_versions("1.25-beta", "1.26"), -1);
}
