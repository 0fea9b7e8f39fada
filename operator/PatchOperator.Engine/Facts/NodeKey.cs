namespace PatchOperator.Engine.Facts;

/// <summary>A node by name and UID.</summary>
public readonly record struct NodeKey(string Name, string Uid);
