#include "bench/service/toolchain.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/process/process.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static size_t digits(const char *at)
{
    return strspn(at, "0123456789");
}

/* The length of "1.25.1", without a dot that ends a sentence. */
static size_t dotted(const char *at)
{
    size_t length = digits(at);

    while (at[length] == '.' && isdigit((unsigned char)at[length + 1])) {
        length += 1 + digits(at + length + 1);
    }
    return length;
}

char *toolchain_version_in(const char *text)
{
    const char *plain = NULL;

    for (const char *at = text + strcspn(text, "0123456789"); *at != '\0'; at += strcspn(at, "0123456789")) {
        size_t length = dotted(at);
        if (length > digits(at)) {
            return mem_copy(at, length);
        }
        if (plain == NULL) {
            plain = at;
        }
        at += length;
    }
    if (plain == NULL) {
        return NULL;
    }
    return mem_copy(plain, digits(plain));
}

/* Whose version it is: setup/toolchains.sh put it into the checkout, or this machine had it. */
static bool is_pinned(const char *path)
{
    return strstr(path, "/.toolchains/") != NULL;
}

static void judge_version(struct tool_finding *finding, const struct tool *tool, bool pinned, const char *output)
{
    finding->says = mem_format("%.*s%s", (int)strcspn(output, "\n"), output, pinned ? " (pinned)" : "");
    finding->version = toolchain_version_in(output);
    if (finding->version == NULL) {
        finding->problem = mem_format("%s does not tell its version; %s or later is needed", tool->name, tool->least);
    } else if (manifest_compare_versions(finding->version, tool->least) < 0) {
        finding->problem =
            mem_format("%s is version %s; %s or later is needed", tool->name, finding->version, tool->least);
    }
}

static char *describe_failure(const struct tool *tool, const struct process_result *result)
{
    struct text text = {0};

    text_add(&text, "`");
    child_describe(tool->version.argv, &text);
    text_add(&text, "` ");
    process_describe(result, &text);
    return text_take(&text);
}

static int check_tool(struct tool_finding *finding, const struct tool *tool, const struct manifest *manifest,
                      const atomic_bool *stop, struct error *err)
{
    struct process_options options = {.child = {.argv = tool->version.argv,
                                                .folder = manifest->folder,
                                                .environment = {.purpose = ENVIRONMENT_BUILD,
                                                                .named = manifest->environment}},
                                      .timeout_ns = 10 * CLOCK_SECOND_NS,
                                      .stop = stop};
    struct process_result result;
    struct error failure = {0};
    char *path = child_find_program(tool->name);

    finding->name = mem_string(tool->name);
    if (path == NULL) {
        finding->problem = mem_format("%s is not on PATH; version %s or later is needed", tool->name, tool->least);
        return 0;
    }
    bool pinned = is_pinned(path);
    free(path);
    if (process_run(&options, &result, &failure) != 0) {
        if (failure.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        finding->problem = mem_string(failure.message);
        return 0;
    }
    if (process_succeeded(&result)) {
        judge_version(finding, tool, pinned, result.output);
    } else {
        finding->problem = describe_failure(tool, &result);
    }
    process_result_release(&result);
    return 0;
}

int toolchain_check(struct toolchain *toolchain, const struct manifest *manifest, const atomic_bool *stop,
                    struct error *err)
{
    *toolchain = (struct toolchain){.count = manifest->tool_count};
    toolchain->tools = mem_new(toolchain->count, sizeof *toolchain->tools);
    for (size_t i = 0; i < toolchain->count; i++) {
        if (check_tool(&toolchain->tools[i], &manifest->tools[i], manifest, stop, err) != 0) {
            toolchain_release(toolchain);
            return -1;
        }
    }
    return 0;
}

void toolchain_release(struct toolchain *toolchain)
{
    for (size_t i = 0; i < toolchain->count; i++) {
        free(toolchain->tools[i].name);
        free(toolchain->tools[i].says);
        free(toolchain->tools[i].version);
        free(toolchain->tools[i].problem);
    }
    free(toolchain->tools);
    *toolchain = (struct toolchain){0};
}

const char *toolchain_problem(const struct toolchain *toolchain)
{
    for (size_t i = 0; i < toolchain->count; i++) {
        if (toolchain->tools[i].problem != NULL) {
            return toolchain->tools[i].problem;
        }
    }
    return NULL;
}

/* "Python 3.11" names the tool python3. */
static bool names_itself(const struct tool_finding *tool)
{
    size_t letters = 0;
    while (isalpha((unsigned char)tool->name[letters])) {
        letters++;
    }
    char *stem = mem_copy(tool->name, letters);
    bool found = strcasestr(tool->says, stem) != NULL;
    free(stem);
    return found;
}

char *toolchain_versions(const struct toolchain *toolchain)
{
    struct text text = {0};

    for (size_t i = 0; i < toolchain->count; i++) {
        const struct tool_finding *tool = &toolchain->tools[i];
        if (tool->says != NULL) {
            text_add(&text, text.length > 0 ? "; " : "");
            if (!names_itself(tool)) {
                text_format(&text, "%s ", tool->name);
            }
            text_add(&text, tool->says);
        }
    }
    return text_take(&text);
}
