#include "bench/service/toolchain.h"

#include "test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void check_version(const char *text, const char *expected)
{
    char *version = toolchain_version_in(text);
    if (expected == NULL) {
        assert_null(version);
    } else {
        assert_non_null(version);
        assert_string_equal(version, expected);
    }
    free(version);
}

TEST(the_first_dotted_number_is_the_version)
{
    check_version("go version go1.25.1 linux/amd64", "1.25.1");
    check_version("Python 3.11.2\n", "3.11.2");
    check_version("v20.11.0", "20.11.0");
    check_version("cargo 1.85.0 (1d8b05cdd 2025-01-20)", "1.85.0");
    check_version("cc (Debian 12.2.0-14+deb12u1) 12.2.0", "12.2.0");
    check_version("tool 2 of 1.3.", "1.3");
    check_version("go1.26rc1", "1.26");
    check_version("14", "14");
    check_version("1. first\n.5 2.", "1");
    check_version("no number. at all", NULL);
    check_version("", NULL);
}

/* A manifest of one tool. */
static struct toolchain check_tool(char *name, char **version, char *least)
{
    struct tool tool = {.name = name, .version = {.argv = version}};
    struct manifest manifest = {.folder = "/tmp", .tools = &tool, .tool_count = 1};
    struct toolchain toolchain;

    tool.least = least;
    assert_int_equal(toolchain_check(&toolchain, &manifest, NULL, NULL), 0);
    assert_int_equal(toolchain.count, 1);
    assert_string_equal(toolchain.tools[0].name, name);
    return toolchain;
}

static void check_problem(struct toolchain *toolchain, const char *expected)
{
    const char *problem = toolchain_problem(toolchain);
    if (expected == NULL) {
        assert_null(problem);
    } else {
        assert_non_null(problem);
        assert_string_equal(problem, expected);
    }
    toolchain_release(toolchain);
}

TEST(a_tool_new_enough_has_no_problem)
{
    char *version[] = {"sh", "-c", "echo sh version 1.25.1; echo more", NULL};
    struct toolchain toolchain = check_tool("sh", version, "1.25");

    assert_string_equal(toolchain.tools[0].says, "sh version 1.25.1");
    assert_string_equal(toolchain.tools[0].version, "1.25.1");
    char *versions = toolchain_versions(&toolchain);
    assert_string_equal(versions, "sh version 1.25.1");
    free(versions);
    check_problem(&toolchain, NULL);
}

TEST(a_name_in_other_letters_is_not_said_twice)
{
    char *version[] = {"sh", "-c", "echo Sh 3.11.7", NULL};
    struct toolchain toolchain = check_tool("sh", version, "3");

    char *versions = toolchain_versions(&toolchain);
    assert_string_equal(versions, "Sh 3.11.7");
    free(versions);
    check_problem(&toolchain, NULL);
}

TEST(a_tool_too_old_is_said_with_both_versions)
{
    char *version[] = {"sh", "-c", "echo v1.9.4 >&2", NULL};
    struct toolchain toolchain = check_tool("sh", version, "1.25");

    char *versions = toolchain_versions(&toolchain);
    assert_string_equal(versions, "sh v1.9.4"); /* one that does not say its name is given it */
    free(versions);
    check_problem(&toolchain, "sh is version 1.9.4; 1.25 or later is needed");
}

TEST(a_tool_that_is_missing_is_a_finding)
{
    char *version[] = {"no-such-tool-here", "--version", NULL};
    struct toolchain toolchain = check_tool("no-such-tool-here", version, "3.1");

    assert_null(toolchain.tools[0].says);
    assert_null(toolchain.tools[0].version);
    char *versions = toolchain_versions(&toolchain);
    assert_string_equal(versions, "");
    free(versions);
    check_problem(&toolchain, "no-such-tool-here is not on PATH; version 3.1 or later is needed");
}

TEST(a_version_command_that_fails_is_a_finding)
{
    char *failing[] = {"sh", "-c", "echo 9.9; exit 3", NULL};
    struct toolchain toolchain = check_tool("sh", failing, "1");
    check_problem(&toolchain, "`sh -c 'echo 9.9; exit 3'` exited with status 3");

    char *silent[] = {"sh", "-c", "true", NULL};
    toolchain = check_tool("sh", silent, "1.2");
    check_problem(&toolchain, "sh does not tell its version; 1.2 or later is needed");

    char *missing[] = {"./no-such-script", NULL};
    toolchain = check_tool("sh", missing, "1.2");
    assert_non_null(strstr(toolchain_problem(&toolchain), "no-such-script"));
    toolchain_release(&toolchain);
}

TEST(the_check_can_be_stopped)
{
    char *version[] = {"sleep", "30", NULL};
    struct tool tool = {.name = "sleep", .version = {.argv = version}, .least = "1"};
    struct manifest manifest = {.folder = "/tmp", .tools = &tool, .tool_count = 1};
    struct toolchain toolchain;
    struct error err = {0};
    const atomic_bool stop = true;

    assert_int_equal(toolchain_check(&toolchain, &manifest, &stop, &err), -1);
    assert_int_equal(err.kind, ERROR_STOPPED);
}

TEST(a_manifest_without_tools_has_no_problem)
{
    struct manifest manifest = {.folder = "/tmp"};
    struct toolchain toolchain;

    assert_int_equal(toolchain_check(&toolchain, &manifest, NULL, NULL), 0);
    check_problem(&toolchain, NULL);
}
