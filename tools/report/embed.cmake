# Turns a text file into a function that returns it: cmake -D FILE=... -D FUNCTION=... -D OUT=... -P embed.cmake
file(READ "${FILE}" text)
string(FIND "${text}" ")embedded\"" end)
if(NOT end EQUAL -1)
  message(FATAL_ERROR "${FILE} holds the end of the literal that it would become")
endif()
file(WRITE "${OUT}" "#include \"tools/report/embedded.hpp\"\n\nstd::string_view ketensim::report::${FUNCTION}() {\n"
                    "  return R\"embedded(${text})embedded\";\n}\n")
