#include "plan/manifest/manifest.h"

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "plan/manifest/manifest_value.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const manifest_keys[] = {"$schema", "schema",  "name",     "language",    "framework",
                                            "class",   "why",     "contract", "ready",       "verify",
                                            "tools",   "build",   "run",      "environment", "artifacts",
                                            "lock",    "sources", "change",   NULL};
static const char *const tool_keys[] = {"name", "version", "least", NULL};
static const char *const classes[] = {"production", "tuned", NULL};

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

/* ---- the whole ---- */

/* In backends/ a service is called as its folder; elsewhere what it is called is own_folders.h's to say. */
static int read_name(struct manifest *manifest, const struct json_at *top, bool own, struct error *err)
{
    const char *slash = strrchr(manifest->folder, '/');
    const char *folder = slash == NULL ? manifest->folder : slash + 1;
    struct json_at name;

    json_find(top, "name", &name);
    if (name.value == NULL) {
        manifest->name = own ? NULL : mem_string(folder);
        return 0;
    }
    if (manifest_value_line(&name, &manifest->name, err) != 0) {
        return -1;
    }
    if (manifest->name[strspn(manifest->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0') {
        return json_expected(&name, err, "a name of a-z, 0-9 and \"-\"");
    }
    if (!own && strcmp(manifest->name, folder) != 0) {
        return json_expected(&name, err, "\"%s\", the name of the folder", folder);
    }
    return 0;
}

static int read_class(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at member;
    int choice = 0;

    json_find(top, "class", &member);
    if (member.value != NULL && json_read_choice(&member, classes, &choice, err) != 0) {
        return -1;
    }
    manifest->class = mem_string(classes[choice]);
    return 0;
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

static int read_ready(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    if (manifest_value_find(top, "ready", manifest_value_url_path, &manifest->ready, err) != 0) {
        return -1;
    }
    if (manifest->ready == NULL) {
        manifest->ready = mem_string(MANIFEST_READY);
    }
    return 0;
}

static int read_verify(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at verify;

    json_find(top, "verify", &verify);
    return verify.value == NULL ? 0 : manifest_value_command(&verify, &manifest->verify, err);
}

/* A later schema is named before its unknown keys are. */
static int check_schema(const struct json_at *top, struct error *err)
{
    struct json_at schema;

    if (json_check_object(top, NULL, err) != 0 || json_need(top, "schema", "1", &schema, err) != 0) {
        return -1;
    }
    if (json_integer_value(schema.value) != 1) {
        return json_expected(&schema, err, "1, the only schema that this twofold reads");
    }
    return json_check_object(top, manifest_keys, err);
}

/* What is told of the service, and how it is held to what it should do. */
static int read_description(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    char *editor = NULL; /* where an editor finds the schema: for editors */
    int result = manifest_value_find(top, "$schema", manifest_value_line, &editor, err);

    free(editor);
    if (result != 0 || manifest_value_find(top, "language", manifest_value_line, &manifest->language, err) != 0 ||
        manifest_value_find(top, "framework", manifest_value_line, &manifest->framework, err) != 0 ||
        read_class(manifest, top, err) != 0 ||
        manifest_value_find(top, "why", manifest_value_line, &manifest->why, err) != 0 ||
        manifest_value_find_list(top, "contract", manifest_value_word, &manifest->operations, err) != 0 ||
        read_ready(manifest, top, err) != 0) {
        return -1;
    }
    return read_verify(manifest, top, err);
}

/* How it is built and run, and what that leaves. */
static int read_making(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    if (read_tools(manifest, top, err) != 0 || read_build(manifest, top, err) != 0 ||
        manifest_value_need_command(top, "run", "[\"bin/server\"]", &manifest->run, err) != 0 ||
        manifest_value_find_list(top, "environment", manifest_value_variable, &manifest->environment, err) != 0 ||
        manifest_value_find_list(top, "artifacts", manifest_value_path, &manifest->artifacts, err) != 0 ||
        read_lock(manifest, top, err) != 0) {
        return -1;
    }
    return manifest_value_find_list(top, "sources", manifest_value_path, &manifest->sources, err) != 0
               ? -1
               : manifest_value_find(top, "change", manifest_value_path, &manifest->change, err);
}

static int read_members(struct manifest *manifest, const struct json_at *top, bool own, struct error *err)
{
    if (check_schema(top, err) != 0 || read_name(manifest, top, own, err) != 0 ||
        read_description(manifest, top, err) != 0) {
        return -1;
    }
    return read_making(manifest, top, err);
}

/* "backends/go/" and "backends/go" are the same folder. */
static char *without_slashes(const char *folder)
{
    size_t length = strlen(folder);

    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    return mem_copy(folder, length);
}

static int read_folder(struct manifest *manifest, const char *folder, bool own, struct error *err)
{
    struct manifest read = {.folder = without_slashes(folder), .own = own};
    struct json_source source = {0};
    char *file = file_join(read.folder, "backend.json");
    int result = json_source_read(&source, file, err);

    if (result == 0) {
        struct json_at top = json_top(&source);
        result = read_members(&read, &top, own, err);
        json_source_release(&source);
    }
    if (result == 0) {
        *manifest = read;
    } else {
        manifest_release(&read);
    }
    free(file);
    return result;
}

int manifest_read(struct manifest *manifest, const char *folder, struct error *err)
{
    return read_folder(manifest, folder, false, err);
}

int manifest_read_own(struct manifest *manifest, const char *folder, struct error *err)
{
    return read_folder(manifest, folder, true, err);
}

void manifest_release(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->tool_count; i++) {
        free(manifest->tools[i].name);
        free(manifest->tools[i].least);
        file_list_free(manifest->tools[i].version.argv);
    }
    for (size_t i = 0; i < manifest->build_count; i++) {
        file_list_free(manifest->build[i].argv);
    }
    file_list_free(manifest->run.argv);
    file_list_free(manifest->verify.argv);
    file_list_free(manifest->operations);
    file_list_free(manifest->environment);
    file_list_free(manifest->artifacts);
    file_list_free(manifest->sources);
    attachment_free(manifest->attached);
    free(manifest->tools);
    free(manifest->build);
    free(manifest->wrong);
    free(manifest->ready);
    free(manifest->lock);
    free(manifest->change);
    free(manifest->why);
    free(manifest->class);
    free(manifest->framework);
    free(manifest->language);
    free(manifest->name);
    free(manifest->folder);
    *manifest = (struct manifest){0};
}
