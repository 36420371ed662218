#include "bench/service/owning/patch_size.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The result of reading a patch of this text. */
static int read_patch(const char *text, struct patch_size *ret_size, struct error *err)
{
    char path[] = "/tmp/test-patch-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    int result = patch_size_read(path, ret_size, err);
    unlink(path);
    return result;
}

TEST(files_and_lines_of_a_patch_are_counted)
{
    static const char patch[] = "diff --git a/one.go b/one.go\n"
                                "index 1..2 100644\n"
                                "--- a/one.go\n"
                                "+++ b/one.go\n"
                                "@@ -1,3 +1,4 @@ func one() {\n"
                                " \n"
                                "-old\n"
                                "+new\n"
                                "+++ more, and it looks like a head\n"
                                " same\n"
                                "@@ -9 +10 @@\n"
                                "--- a comment of SQL\n"
                                "+none\n"
                                "\\ No newline at end of file\n"
                                "diff --git a/two.go b/two.go\n"
                                "new file mode 100644\n"
                                "--- /dev/null\n"
                                "+++ b/two.go\n"
                                "@@ -0,0 +1,2 @@\n"
                                "+a\n"
                                "+b\n";
    struct patch_size size;

    assert_int_equal(read_patch(patch, &size, NULL), 0);
    assert_int_equal(size.files, 2);
    assert_int_equal(size.lines, 7);
}

TEST(what_is_no_patch_is_refused)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "one that changes nothing"},
        {"hello\n", "one that changes nothing"},
        {"--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n same\n", "one that changes nothing"},
        {"--- a/x\n+++ b/x\n@@ -1 +1,3 @@\n same\n+one\n", "cut short"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct patch_size size = {7, 7};
        struct error err = {0};
        assert_int_equal(read_patch(cases[i].text, &size, &err), -1);
        assert_non_null(strstr(err.message, cases[i].message));
        assert_int_equal(size.files, 7);
    }
    assert_int_equal(patch_size_read("/nowhere/at/all", &(struct patch_size){0, 0}, NULL), -1);
}
