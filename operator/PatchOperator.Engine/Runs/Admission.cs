using PatchOperator.Api;

namespace PatchOperator.Engine.Runs;

/// <summary>A node to admit, with what is asked of it.</summary>
public sealed record Admission(string Node, NodeOperation Operation);
