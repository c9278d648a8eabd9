'use strict';
// What a build writes into the agent, one line each; these lines must stay as they are.

var Constants = (() => {
  const BUILD = 'dev';
  const SHADOW = 'closed';
  return { BUILD, SHADOW };
})();
