namespace PatchOperator.Queues;

/// <summary>Which object: all that a queue keeps of one.</summary>
internal readonly record struct ObjectKey(string Kind, string Name);
