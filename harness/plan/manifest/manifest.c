#include "plan/manifest/manifest.h"

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const manifest_keys[] = {"schema",      "name",      "language", "framework", "class",
                                            "why",         "contract",  "tools",    "build",     "run",
                                            "environment", "artifacts", "lock",     "sources",   NULL};
static const char *const tool_keys[] = {"name", "version", "least", NULL};
static const char *const classes[] = {"production", "tuned", NULL};

/* More of anything is a mistake. */
enum { TOOLS_MOST = 16, COMMANDS_MOST = 32, WORDS_MOST = 256 };

/* ---- texts and lists ---- */

static int need_line(const struct json_at *at, const char *key, const char *example, char **line, struct error *err)
{
    struct json_at member;
    const char *text;

    if (json_need(at, key, example, &member, err) != 0 || json_read_line(&member, &text, err) != 0) {
        return -1;
    }
    *line = mem_string(text);
    return 0;
}

static int read_path(const struct json_at *at, char **path, struct error *err)
{
    const char *text;

    if (json_read_line(at, &text, err) != 0) {
        return -1;
    }
    if (!file_is_inside(text)) {
        return json_expected(at, err, "a path relative to the backend's folder, without \"..\"");
    }
    *path = mem_string(text);
    return 0;
}

/* "NAME" or "NAME=value". The harness itself gives HOST, PORT and CORES. */
static int read_variable(const struct json_at *at, char **variable, struct error *err)
{
    static const char *const ours[] = {"HOST", "PORT", "CORES"};
    const char *text;

    if (json_read_line(at, &text, err) != 0) {
        return -1;
    }
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    if (length == 0 || (text[0] >= '0' && text[0] <= '9') || (text[length] != '\0' && text[length] != '=')) {
        return json_expected(at, err, "the name of an environment variable, such as \"GOGC\" or \"GOGC=200\"");
    }
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (strlen(ours[i]) == length && strncmp(text, ours[i], length) == 0) {
            return json_expected(at, err, "another variable than HOST, PORT and CORES, which twofold itself gives");
        }
    }
    *variable = mem_string(text);
    return 0;
}

static int read_word(const struct json_at *at, char **word, struct error *err)
{
    const char *text;

    if (json_read_text(at, &text, err) != 0) {
        return -1;
    }
    *word = mem_string(text);
    return 0;
}

/* What was read so far stays in `*list`, for the caller's release. */
static int read_list(const struct json_at *at, int (*read)(const struct json_at *, char **, struct error *),
                     char ***list, struct error *err)
{
    if (json_check_array(at, 1, WORDS_MOST, err) != 0) {
        return -1;
    }
    *list = mem_new(json_count(at) + 1, sizeof **list);
    for (size_t i = 0; i < json_count(at); i++) {
        struct json_at element = json_element(at, i);
        if (read(&element, &(*list)[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int need_paths(const struct json_at *at, const char *key, const char *example, char ***paths, struct error *err)
{
    struct json_at member;
    if (json_need(at, key, example, &member, err) != 0) {
        return -1;
    }
    return read_list(&member, read_path, paths, err);
}

/* ---- commands and tools ---- */

static int read_command(const struct json_at *at, struct command *command, struct error *err)
{
    if (read_list(at, read_word, &command->argv, err) != 0) {
        return -1;
    }
    if (strchr(command->argv[0], '/') != NULL && !file_is_inside(command->argv[0])) {
        struct json_at program = json_element(at, 0);
        return json_expected(&program, err, "a program on PATH, or a path relative to the backend's folder");
    }
    return 0;
}

static int need_command(const struct json_at *at, const char *key, const char *example, struct command *command,
                        struct error *err)
{
    struct json_at member;
    if (json_need(at, key, example, &member, err) != 0) {
        return -1;
    }
    return read_command(&member, command, err);
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
        need_command(at, "version", "[\"go\", \"version\"]", &tool->version, err) != 0 ||
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

    if (json_need(top, "tools", "[{\"name\": \"go\", \"version\": [\"go\", \"version\"], \"least\": \"1.25\"}]", &tools,
                  err) != 0 ||
        json_check_array(&tools, 0, TOOLS_MOST, err) != 0) {
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

    if (json_need(top, "build", "[[\"go\", \"build\", \".\"]]", &build, err) != 0 ||
        json_check_array(&build, 0, COMMANDS_MOST, err) != 0) {
        return -1;
    }
    manifest->build_count = json_count(&build);
    manifest->build = mem_new(manifest->build_count, sizeof *manifest->build);
    for (size_t i = 0; i < manifest->build_count; i++) {
        struct json_at command = json_element(&build, i);
        if (read_command(&command, &manifest->build[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- the whole ---- */

static int read_name(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    const char *slash = strrchr(manifest->folder, '/');
    const char *folder = slash == NULL ? manifest->folder : slash + 1;
    struct json_at name;

    if (need_line(top, "name", "\"go\"", &manifest->name, err) != 0) {
        return -1;
    }
    json_find(top, "name", &name);
    if (manifest->name[strspn(manifest->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0') {
        return json_expected(&name, err, "a name of a-z, 0-9 and \"-\"");
    }
    if (strcmp(manifest->name, folder) != 0) {
        return json_expected(&name, err, "\"%s\", the name of the folder", folder);
    }
    return 0;
}

static int read_class(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at member;
    int choice;

    if (json_need(top, "class", "\"production\"", &member, err) != 0 ||
        json_read_choice(&member, classes, &choice, err) != 0) {
        return -1;
    }
    manifest->class = mem_string(classes[choice]);
    return 0;
}

static int read_lock(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at lock;

    if (json_need(top, "lock", "\"go.sum\" or null", &lock, err) != 0) {
        return -1;
    }
    if (json_is_null(lock.value)) {
        return 0;
    }
    if (!json_is_string(lock.value)) {
        return json_expected(&lock, err, "the path of the lock file, or null for a backend without any dependency");
    }
    return read_path(&lock, &manifest->lock, err);
}

static int read_contract(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at contract;

    json_find(top, "contract", &contract);
    if (contract.value == NULL) {
        return 0;
    }
    return read_list(&contract, read_word, &manifest->operations, err);
}

static int read_environment(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    struct json_at environment;

    json_find(top, "environment", &environment);
    if (environment.value == NULL) {
        return 0;
    }
    return read_list(&environment, read_variable, &manifest->environment, err);
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

static int read_members(struct manifest *manifest, const struct json_at *top, struct error *err)
{
    if (check_schema(top, err) != 0 || read_name(manifest, top, err) != 0 ||
        need_line(top, "language", "\"Go\"", &manifest->language, err) != 0 ||
        need_line(top, "framework", "\"net/http\"", &manifest->framework, err) != 0 ||
        read_class(manifest, top, err) != 0 ||
        need_line(top, "why", "\"what choice this stands for\"", &manifest->why, err) != 0 ||
        read_contract(manifest, top, err) != 0 || read_tools(manifest, top, err) != 0 ||
        read_build(manifest, top, err) != 0 || need_command(top, "run", "[\"bin/server\"]", &manifest->run, err) != 0 ||
        read_environment(manifest, top, err) != 0 ||
        need_paths(top, "artifacts", "[\"bin/server\"]", &manifest->artifacts, err) != 0 ||
        read_lock(manifest, top, err) != 0) {
        return -1;
    }
    return need_paths(top, "sources", "[\"src/*.go\"]", &manifest->sources, err);
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

int manifest_read(struct manifest *manifest, const char *folder, struct error *err)
{
    struct manifest read = {.folder = without_slashes(folder)};
    struct json_source source = {0};
    char *file = file_join(read.folder, "backend.json");
    int result = json_source_read(&source, file, err);

    if (result == 0) {
        struct json_at top = json_top(&source);
        result = read_members(&read, &top, err);
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
    file_list_free(manifest->operations);
    file_list_free(manifest->environment);
    file_list_free(manifest->artifacts);
    file_list_free(manifest->sources);
    attachment_free(manifest->attached);
    free(manifest->tools);
    free(manifest->build);
    free(manifest->lock);
    free(manifest->why);
    free(manifest->class);
    free(manifest->framework);
    free(manifest->language);
    free(manifest->name);
    free(manifest->folder);
    *manifest = (struct manifest){0};
}
