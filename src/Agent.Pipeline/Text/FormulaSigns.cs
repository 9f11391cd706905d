namespace Agent.Pipeline.Text;

/// <summary>The commands of formulas in TeX as signs or words.</summary>
internal static class FormulaSigns
{
    /// <summary>What a command stands for; its name, where it is none of the signs, as in "alpha".</summary>
    internal static string Of(string command) => command switch
    {
        "times" or "cdot" => "×",
        "div" => "÷",
        "pm" => "±",
        "sqrt" => "√",
        "leq" or "le" => "≤",
        "geq" or "ge" => "≥",
        "neq" or "ne" => "≠",
        "approx" => "≈",
        "infty" => "∞",
        "pi" => "π",
        "to" or "rightarrow" => "→",
        "frac" or "dfrac" or "tfrac" or "left" or "right" or "text" or "mathrm" or "mathbf" or "boxed" or "begin" or "end" => "",
        _ => $" {command} ",
    };
}
