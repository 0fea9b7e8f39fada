namespace PatchOperator.Registry;

/// <summary>What is to be done about it depends on this.</summary>
public enum RegistryProblem
{
    /// <summary>It does not answer, or answers with 429 or 5xx: try again later.</summary>
    Unavailable,

    /// <summary>401 or 403: somebody must mend the credentials or the rights.</summary>
    Denied,

    /// <summary>413: it, or a proxy in front of it, takes no more at once: somebody must raise that limit, or make the image smaller.</summary>
    TooLarge,

    /// <summary>It refuses what was asked for, and will refuse it again: an unsupported method, an invalid name.</summary>
    Refused,

    /// <summary>What it holds, or what is to be pushed, is not what its digest says.</summary>
    Corrupt,
}
