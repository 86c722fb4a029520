// n8n finds the nodes and credentials through package.json › n8n.
// This file only lets `require('n8n-nodes-creator-chat')` resolve.
module.exports = {};
