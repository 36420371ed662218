#include "plan/manifest/manifest_making.h"

#include "base/mem.h"
#include "plan/manifest/manifest_value.h"

#include <stdbool.h>
#include <string.h>

static const char *const tool_keys[] = {"name", "version", "least", NULL};

/* More of anything is a mistake. */
enum { TOOLS_MOST = 16, COMMANDS_MOST = 32 };

/* ---- tools and build ---- */

static int need_line(const struct json_at *at, const char *key, const char *example, char **line, struct error *err)
{
    struct json_at member;

    if (json_need(at, key, example, &member, err) != 0) {
        return -1;
    }
    return manifest_value_line(&member, line, err);
}

static bool is_version(const char *text)
{
    const char *digits = "0123456789";
    size_t length = strspn(text, digits);

    while (length > 0 && text[length] == '.') {
        text += length + 1;
        length = strspn(text, digits);
    }
    return length > 0 && text[length] == '\0';
}

static int read_tool(const struct json_at *at, struct tool *tool, struct error *err)
{
    struct json_at member;

    if (json_check_object(at, tool_keys, err) != 0 || need_line(at, "name", "\"go\"", &tool->name, err) != 0 ||
        manifest_value_need_command(at, "version", "[\"go\", \"version\"]", &tool->version, err) != 0 ||
        need_line(at, "least", "\"1.25\"", &tool->least, err) != 0) {
        return -1;
    }
    if (strchr(tool->name, '/') != NULL) {
        json_find(at, "name", &member);
        return json_expected(&member, err, "the name of a program on PATH, without \"/\"");
    }
    if (!is_version(tool->least)) {
        json_find(at, "least", &member);
        return json_expected(&member, err, "a version of numbers and dots, such as \"1.25\"");
    }
    return 0;
}

static int read_tools(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at tools;

    json_find(top, "tools", &tools);
    if (tools.value == NULL) {
        return 0;
    }
    if (json_check_array(&tools, 0, TOOLS_MOST, err) != 0) {
        return -1;
    }
    manifest->tool_count = json_count(&tools);
    manifest->tools = mem_new(manifest->tool_count, sizeof *manifest->tools);
    for (size_t i = 0; i < manifest->tool_count; i++) {
        struct json_at tool = json_element(&tools, i);
        if (read_tool(&tool, &manifest->tools[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int read_build(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at build;

    json_find(top, "build", &build);
    if (build.value == NULL) {
        return 0;
    }
    if (json_check_array(&build, 0, COMMANDS_MOST, err) != 0) {
        return -1;
    }
    manifest->build_count = json_count(&build);
    manifest->build = mem_new(manifest->build_count, sizeof *manifest->build);
    for (size_t i = 0; i < manifest->build_count; i++) {
        struct json_at command = json_element(&build, i);
        if (manifest_value_command(&command, &manifest->build[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- what is left, and what it costs ---- */

int manifest_making_command(const struct json_at *top, const char *key, struct command *command, struct error *err)
{
    struct json_at member;

    json_find(top, key, &member);
    return member.value == NULL ? 0 : manifest_value_command(&member, command, err);
}

static int read_lock(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at lock;

    json_find(top, "lock", &lock);
    if (lock.value == NULL || json_is_null(lock.value)) {
        return 0;
    }
    if (!json_is_string(lock.value)) {
        return json_expected(&lock, err, "the path of the lock file, or null for a backend without any dependency");
    }
    return manifest_value_path(&lock, &manifest->lock, err);
}

/* ["src/lib.rs", "pub const CHANGED: u32 = 1;"] */
static int read_rebuild(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at change;

    json_find(top, "rebuild", &change);
    if (change.value == NULL) {
        return 0;
    }
    if (json_check_array(&change, 2, 2, err) != 0) {
        return -1;
    }
    struct json_at file = json_element(&change, 0), line = json_element(&change, 1);
    if (manifest_value_path(&file, &manifest->rebuild_file, err) != 0) {
        return -1;
    }
    return manifest_value_line(&line, &manifest->rebuild_line, err);
}

int manifest_making_read(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    if (read_tools(manifest, top, err) != 0 || read_build(manifest, top, err) != 0 ||
        manifest_making_command(top, "run", &manifest->run, err) != 0 ||
        manifest_value_find_list(top, "environment", manifest_value_variable, &manifest->environment, err) != 0 ||
        manifest_value_find_list(top, "artifacts", manifest_value_path, &manifest->artifacts, err) != 0 ||
        manifest_making_command(top, "runtime", &manifest->runtime, err) != 0 || read_lock(manifest, top, err) != 0 ||
        manifest_making_command(top, "dependencies", &manifest->dependencies, err) != 0 ||
        read_rebuild(manifest, top, err) != 0) {
        return -1;
    }
    if (manifest_value_find_list(top, "sources", manifest_value_path, &manifest->sources, err) != 0) {
        return -1;
    }
    return manifest_value_find(top, "change", manifest_value_path, &manifest->change, err);
}
