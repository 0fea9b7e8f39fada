namespace PatchOperator.Engine.Facts;

/// <summary>What follows from the way a Job ended.</summary>
public enum ImageJobEnd
{
    Done,

    /// <summary>The recipe, or what came of it, is at fault: no new attempt before somebody changes something.</summary>
    BadRecipe,

    /// <summary>Something was away that comes back.</summary>
    TryAgain,
}
