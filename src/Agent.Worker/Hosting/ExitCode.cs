namespace Agent.Worker.Hosting;

/// <summary>What a program of this project ends with.</summary>
internal static class ExitCode
{
    /// <summary>Everything went as asked, a clean end by signal included.</summary>
    internal const int Success = 0;

    /// <summary>Something failed while running.</summary>
    internal const int Failure = 1;

    /// <summary>A setting, a file, a library or the command line is wrong; nothing was started.</summary>
    internal const int Configuration = 2;
}
