namespace PatchOperator.Fleet.Scale;

/// <summary>How large the objects of a kind are in JSON, <c>managedFields</c> included, in bytes.</summary>
internal sealed record ObjectSize(string Resource, int Count, int Largest, double Mean);
