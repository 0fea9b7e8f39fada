namespace PatchOperator.Contract.Images;

/// <summary>Exit codes of the image steps, after sysexits.h; a custom builder uses them too.</summary>
public static class ImageExitCodes
{
    public const int Done = 0;

    /// <summary>EX_DATAERR: the recipe, or what came of it, is at fault. It is not tried again before somebody changes something.</summary>
    public const int BadRecipe = 65;

    /// <summary>EX_SOFTWARE: a fault of the agent.</summary>
    public const int Fault = 70;

    /// <summary>EX_TEMPFAIL: something is away that comes back, a registry or a mirror. It is tried again.</summary>
    public const int TryAgain = 75;

    /// <summary>128 + SIGTERM: told to stop.</summary>
    public const int Stopped = 143;
}
