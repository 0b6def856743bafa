// What became of a repository that was to be made.
#pragma once

namespace innergate::handlers::inspectors {

enum class Creation { created, was_there };

}  // namespace innergate::handlers::inspectors
