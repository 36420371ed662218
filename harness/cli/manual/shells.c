/* Completion for bash, zsh and fish. */
#include "manual/manual.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Append without the characters that end a string between single quotes, or that zsh reads in a description. */
static void add_quoted(struct text *out, const char *string)
{
    for (; *string != '\0' && *string != '\n'; string++) {
        if (*string == '\'') {
            text_add(out, "’");
        } else if (strchr("[]:\\", *string) != NULL) {
            text_format(out, "\\%c", *string);
        } else {
            text_append(out, string, 1);
        }
    }
}

/* fish reads no more of it than the backslash and the quote. */
static void add_fish(struct text *out, const char *string)
{
    for (; *string != '\0' && *string != '\n'; string++) {
        if (*string == '\'' || *string == '\\') {
            text_add(out, "\\");
        }
        text_append(out, string, 1);
    }
}

static const char *dashes(const struct option *option)
{
    return option->name[1] == '\0' ? "-" : "--";
}

static void no_usage(struct text *out, const char *usage)
{
    (void)out;
    (void)usage;
}

static void nothing(struct text *out)
{
    (void)out;
}

/* ---- bash ---- */

static void bash_begin(struct text *out)
{
    text_add(out,
             "# bash completion for twofold\n_twofold()\n{\n    local current=${COMP_WORDS[COMP_CWORD]} words=--help\n"
             "    case ${COMP_WORDS[1]} in\n");
}

static void bash_command(struct text *out, const char *name, const char *what)
{
    (void)what;
    text_format(out, "    %s) words=\"--help", name);
}

static void bash_option(struct text *out, const char *command, const struct option *option)
{
    (void)command;
    text_format(out, " %s%s", dashes(option), option->name);
}

static void bash_finish(struct text *out)
{
    text_add(out, "\" ;;\n");
}

/* The commands are the patterns of the case. */
static void bash_end(struct text *out)
{
    struct text names = {0};

    for (const char *at = out->data; (at = strstr(at, ") words=\"")) != NULL; at++) {
        const char *name = at;
        while (name[-1] != ' ') {
            name--;
        }
        text_format(&names, "%s%.*s", names.length > 0 ? " " : "", (int)(at - name), name);
    }
    text_format(out,
                "    esac\n    if ((COMP_CWORD == 1)); then\n        mapfile -t COMPREPLY < <(compgen -W \"%s\" -- "
                "\"$current\")\n    elif [[ $current == -* ]]; then\n        mapfile -t COMPREPLY < <(compgen -W "
                "\"$words\" -- \"$current\")\n    else\n        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
                "    fi\n}\ncomplete -o filenames -F _twofold twofold\n",
                names.length > 0 ? names.data : "");
    text_release(&names);
}

const struct manual_style manual_bash = {bash_begin, bash_command, no_usage, bash_option, NULL, bash_finish, bash_end};

/* ---- zsh ---- */

static void zsh_begin(struct text *out)
{
    text_add(out, "#compdef twofold\nlocal -a commands\ncase $words[2] in\n");
}

static void zsh_command(struct text *out, const char *name, const char *what)
{
    text_format(out, "%s) # ", name);
    add_quoted(out, what);
    text_add(out, "\n    shift words\n    ((CURRENT--))\n    _arguments '--help[these options]'");
}

static void zsh_option(struct text *out, const char *command, const struct option *option)
{
    (void)command;
    text_format(out, " \\\n        '*%s%s[", dashes(option), option->name);
    add_quoted(out, option->help);
    text_add(out, "]");
    if (option->value != NULL) {
        text_add(out, ":");
        add_quoted(out, option->value);
        text_add(out, ":_files");
    }
    text_add(out, "'");
}

static void zsh_finish(struct text *out)
{
    text_add(out, " \\\n        '*:file:_files'\n    ;;\n");
}

static void zsh_end(struct text *out)
{
    struct text names = {0};

    for (const char *at = out->data; (at = strstr(at, ") # ")) != NULL; at++) {
        const char *name = at, *what = at + strlen(") # ");
        while (name[-1] != '\n') {
            name--;
        }
        text_format(&names, "        '%.*s:%.*s'\n", (int)(at - name), name, (int)strcspn(what, "\n"), what);
    }
    text_format(out, "*)\n    commands=(\n%s    )\n    _describe command commands\n    ;;\nesac\n",
                names.length > 0 ? names.data : "");
    text_release(&names);
}

const struct manual_style manual_zsh = {zsh_begin, zsh_command, no_usage, zsh_option, NULL, zsh_finish, zsh_end};

/* ---- fish ---- */

static void fish_begin(struct text *out)
{
    text_add(out, "# fish completion for twofold\n");
}

static void fish_command(struct text *out, const char *name, const char *what)
{
    text_format(out, "complete -c twofold -f -n __fish_use_subcommand -a %s -d '", name);
    add_fish(out, what);
    text_add(out, "'\n");
}

static void fish_option(struct text *out, const char *command, const struct option *option)
{
    bool lettered = option->name[1] == '\0';

    text_format(out, "complete -c twofold -n '__fish_seen_subcommand_from %s' -%c %s%s -d '", command,
                lettered ? 's' : 'l', option->name, option->value != NULL ? " -r" : "");
    add_fish(out, option->help);
    text_add(out, "'\n");
}

const struct manual_style manual_fish = {fish_begin, fish_command, no_usage, fish_option, NULL, nothing, nothing};
