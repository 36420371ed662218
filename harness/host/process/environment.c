#include "host/process/environment.h"

#include "base/list.h"
#include "base/secret.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A name that ends with "*" stands for all that begin with it. */
static const char *const for_all[] = {"PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "LC_*", "TZ",
                                      "TMPDIR", "XDG_*",
                                      /* where toolchains are, and what they keep */
                                      "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "GOROOT", "GOPATH", "GOCACHE",
                                      "GOMODCACHE", "JAVA_HOME", "DOTNET_ROOT", "PYENV_ROOT", "PYENV_VERSION",
                                      "NVM_DIR", "NVM_BIN", "VOLTA_HOME", "ASDF_DIR", "ASDF_DATA_DIR", "CCACHE_DIR",
                                      "UV_CACHE_DIR", "PIP_CACHE_DIR", "npm_config_cache",
                                      /* which daemon a container is started by */
                                      "DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", NULL};
static const char *const for_builds[] = {"http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY",
                                         "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
                                         /* certificates */
                                         "SSL_CERT_FILE", "SSL_CERT_DIR", "NIX_SSL_CERT_FILE", "CURL_CA_BUNDLE",
                                         "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO",
                                         /* registries */
                                         "PIP_*", "UV_*", "npm_config_*", "NPM_CONFIG_*", "GOPROXY", "GOSUMDB",
                                         "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOTOOLCHAIN",
                                         "CARGO_HTTP_*", "CARGO_NET_*", "CARGO_REGISTRIES_*", "CARGO_SOURCE_*",
                                         "RUSTUP_*",
                                         /* where CMake and pkg-config look */
                                         "CMAKE_GENERATOR", "CMAKE_PREFIX_PATH", "PKG_CONFIG_PATH", NULL};

static bool is_on(const char *const *list, const char *variable)
{
    size_t length = strcspn(variable, "=");

    for (; *list != NULL; list++) {
        size_t wanted = strlen(*list);
        bool family = (*list)[wanted - 1] == '*';
        if (family ? strncmp(variable, *list, wanted - 1) == 0
                   : length == wanted && strncmp(variable, *list, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool same_name(const char *a, const char *b)
{
    size_t length = strcspn(a, "=");
    return strcspn(b, "=") == length && strncmp(a, b, length) == 0;
}

static bool is_among(char *const *list, size_t count, const char *variable)
{
    for (size_t i = 0; i < count; i++) {
        if (same_name(list[i], variable)) {
            return true;
        }
    }
    return false;
}

/* "NAME=value" as it is; "NAME" as this process has it, or NULL. */
static char *value_of(char *named)
{
    if (strchr(named, '=') != NULL) {
        return named;
    }
    for (size_t i = 0; environ[i] != NULL; i++) {
        if (same_name(environ[i], named)) {
            return environ[i];
        }
    }
    return NULL;
}

char **environment_make(const struct environment *environment)
{
    char **list = NULL;
    size_t count = 0;

    if (environment->mark != NULL) {
        *list_add(list, count) = (char *)environment->mark;
    }
    for (char *const *at = environment->given; at != NULL && *at != NULL; at++) {
        *list_add(list, count) = *at;
    }
    for (char *const *at = environment->named; at != NULL && *at != NULL; at++) {
        char *variable = value_of(*at);
        if (variable != NULL && !is_among(list, count, variable)) {
            *list_add(list, count) = variable;
        }
    }
    for (size_t i = 0; environ[i] != NULL; i++) {
        bool passes =
            is_on(for_all, environ[i]) || (environment->purpose == ENVIRONMENT_BUILD && is_on(for_builds, environ[i]));
        if (passes && !is_among(list, count, environ[i])) {
            *list_add(list, count) = environ[i];
        }
    }
    *list_add(list, count) = NULL;
    return list;
}

void environment_free(char *const *list)
{
    free((void *)list);
}

char *environment_describe(char *const *named)
{
    struct text out = {0};

    for (; named != NULL && *named != NULL; named++) {
        const char *variable = value_of(*named);
        if (variable == NULL) {
            continue;
        }
        size_t length = strcspn(variable, "=");
        text_add(&out, out.length > 0 ? "; " : "");
        if (secret_is_name(variable, length)) {
            text_format(&out, "%.*s=" SECRET_CUT, (int)length, variable); /* whatever blanks it has */
        } else {
            secret_cut(&out, variable, environ);
        }
    }
    return out.length > 0 ? text_take(&out) : NULL;
}
