namespace PatchOperator.Leading;

/// <summary>Somebody else has the lease that was ours. The elector would ask again until its deadline, and we would work beside the other.</summary>
internal sealed class LeaseTakenException(string message) : Exception(message);
