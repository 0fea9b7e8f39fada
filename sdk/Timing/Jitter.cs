using System.Security.Cryptography;

namespace PatchOperator.Sdk.Timing;

/// <summary>Spreads out what would otherwise happen at the same moment in many places.</summary>
internal static class Jitter
{
    private const int Steps = 1000;

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    internal static int Between(int low, int high) => RandomNumberGenerator.GetInt32(low, high + 1);

    /// <summary>The delay, longer or shorter by up to a fifth.</summary>
    internal static TimeSpan Around(TimeSpan delay) => delay * (0.8 + (0.4 * Between(0, Steps) / Steps));
}
