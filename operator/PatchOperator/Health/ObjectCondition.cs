namespace PatchOperator.Health;

/// <summary>A condition of an object.</summary>
/// <param name="Status">Its status; null where the object has no such condition.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Observed">Whether it speaks of the object as it is: of its last generation.</param>
internal sealed record ObjectCondition(string? Status, string? Reason, bool Observed);
