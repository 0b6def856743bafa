// The main function of a Boost.Test program.
#define BOOST_TEST_MODULE innergate
#include <boost/test/unit_test.hpp>
