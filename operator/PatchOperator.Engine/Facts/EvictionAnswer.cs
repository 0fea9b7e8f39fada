namespace PatchOperator.Engine.Facts;

/// <summary>What the API server said to the last eviction of a pod.</summary>
public enum EvictionAnswer
{
    /// <summary>Not asked yet, or accepted.</summary>
    None,

    /// <summary>429: a budget does not allow it now.</summary>
    Blocked,

    /// <summary>Anything else, as of a webhook that cannot be reached: it is asked again.</summary>
    Refused,

    /// <summary>500 or 403: it will never be allowed as things stand.</summary>
    Impossible,
}
