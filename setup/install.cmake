# What `make install` and `make package` take: the program, its scenarios, the sources of the sample backends, the
# reference service as it was built, the man page and the completions, which the program writes itself. The program finds
# the rest in ../share/twofold from its own folder, so all of it can be moved.
include(GNUInstallDirs)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON) # the tests are no part of it
set(share ${CMAKE_INSTALL_DATAROOTDIR}/twofold)

install(TARGETS twofold RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY scenarios DESTINATION ${share})
install(DIRECTORY backends DESTINATION ${share} PATTERN reference EXCLUDE PATTERN bin EXCLUDE PATTERN build EXCLUDE
        PATTERN target EXCLUDE PATTERN node_modules EXCLUDE PATTERN ".*" EXCLUDE PATTERN __pycache__ EXCLUDE)

# The reference service needs no build where it is installed.
file(READ backends/reference/backend.json manifest)
string(JSON manifest SET "${manifest}" tools "[{\"name\": \"sh\", \"version\": [\"sh\", \"-c\", \"echo 1.0\"], \"least\": \"1.0\"}]")
string(JSON manifest SET "${manifest}" build "[[\"true\"]]")
string(JSON manifest SET "${manifest}" sources "[\"backend.json\"]")
file(WRITE ${CMAKE_BINARY_DIR}/installed/backend.json "${manifest}\n")
install(FILES ${CMAKE_BINARY_DIR}/installed/backend.json DESTINATION ${share}/backends/reference)
install(TARGETS reference-server RUNTIME DESTINATION ${share}/backends/reference/bin)

set(manual ${CMAKE_BINARY_DIR}/installed/manual)
install(CODE "
    file(MAKE_DIRECTORY ${manual})
    foreach(kind man bash zsh fish)
        execute_process(COMMAND ${CMAKE_BINARY_DIR}/twofold manual \${kind} OUTPUT_FILE ${manual}/\${kind}
                        COMMAND_ERROR_IS_FATAL ANY)
    endforeach()")
install(FILES ${manual}/man DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME twofold.1)
install(FILES ${manual}/bash DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/bash-completion/completions RENAME twofold)
install(FILES ${manual}/zsh DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/zsh/site-functions RENAME _twofold)
install(FILES ${manual}/fish DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/fish/vendor_completions.d RENAME twofold.fish)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_PACKAGE_VENDOR twofold)
set(CPACK_PACKAGE_CONTACT "twofold <twofold@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "what breaks first when the traffic of an HTTP service doubles")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
# A part of the checkout, as somebody may have copied it, builds; only its package has no licence then.
if(EXISTS ${CMAKE_SOURCE_DIR}/LICENSE)
    set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-venv, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
include(CPack)
