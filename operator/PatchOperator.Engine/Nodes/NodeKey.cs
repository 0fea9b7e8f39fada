namespace PatchOperator.Engine.Nodes;

/// <summary>A node by name and UID.</summary>
public readonly record struct NodeKey(string Name, string Uid);
