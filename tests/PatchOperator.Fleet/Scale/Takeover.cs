namespace PatchOperator.Fleet.Scale;

/// <summary>The leader was killed.</summary>
/// <param name="By">Who went on.</param>
/// <param name="LeaseSeconds">Until somebody else had the lease; null: never.</param>
/// <param name="FirstWriteSeconds">Until somebody wrote something other than the lease; null: never.</param>
internal sealed record Takeover(string By, double? LeaseSeconds, double? FirstWriteSeconds);
